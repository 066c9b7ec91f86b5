/**
 * The index of records: files made from the journal's records, beside the line, in which a record is found by msgid, by person,
 * by institution, and by what it undoes; and the search that reads and checks what the index names.
 */
package io.settlegate.gateway.records;
