package io.settlegate.protocol.crypto;

/** Gives the secret number k of a signature together with the x coordinate of k G. One thread. */
interface NoncePoints {
    /** Begins a signature over this digest. */
    void begin(byte[] digest);

    /** The next pair, four words each: k between 1 and n - 1, x below p. */
    void next(long[] k, long[] x);
}
