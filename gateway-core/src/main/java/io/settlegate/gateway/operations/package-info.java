/** What operators do: import files are read, checked, and turned into signed acts for the engine. */
package io.settlegate.gateway.operations;
