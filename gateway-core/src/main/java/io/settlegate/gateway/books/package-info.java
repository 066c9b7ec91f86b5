/** What the journal says of money, record by record, for whoever compares or counts it. */
package io.settlegate.gateway.books;
