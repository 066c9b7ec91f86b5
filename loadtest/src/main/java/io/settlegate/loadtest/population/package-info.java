/**
 * A sample city made from a seed: invented persons, institutions, terminals with keys, items, and the bills they make.
 */
package io.settlegate.loadtest.population;
