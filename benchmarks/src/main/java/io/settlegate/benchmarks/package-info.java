/** JMH, one class for each question. See benchmarks/README.md. */
package io.settlegate.benchmarks;
