/** Clearing from the journal: statements of a day or month, which periods are closed, and the settlement list of a stay. */
package io.settlegate.gateway.clearing;
