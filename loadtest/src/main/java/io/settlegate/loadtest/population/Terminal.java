package io.settlegate.loadtest.population;

import io.settlegate.protocol.crypto.Sm2PrivateKey;

/**
 * A certified terminal with its key. The key is a function of the seed: it protects nothing but sample data.
 *
 * @param ordinal place among the terminals of its institution, from 0.
 */
public record Terminal(String sn, String model, Institution institution, int ordinal, Sm2PrivateKey key) {}
