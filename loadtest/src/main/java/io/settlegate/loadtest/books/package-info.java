/** The checker: what terminals know, what the gateway says later, and where the two differ. */
package io.settlegate.loadtest.books;
