package io.settlegate.gateway.reconciliation;

/**
 * A row of a file that cannot be compared. No text of it names a person.
 *
 * @param line of the file, from 1.
 * @param column by its name.
 * @param why it is bad.
 * @param remedy what to do.
 */
public record BadRow(long line, String column, String why, String remedy) {}
