/** The desk: a thread behind the line that answers queries with pages of records, which it reads from the journal. */
package io.settlegate.gateway.desk;
