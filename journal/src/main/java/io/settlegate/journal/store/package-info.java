/** Where the bytes lie: a small contract, one store on Chronicle Queue, and one in memory that injects faults. */
package io.settlegate.journal.store;
