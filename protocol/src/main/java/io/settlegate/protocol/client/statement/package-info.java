/** What an institution asks about its statements and its records. Values; fields are named as in the national interface. */
package io.settlegate.protocol.client.statement;
