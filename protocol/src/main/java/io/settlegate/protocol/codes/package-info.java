/** The national information codes: which there are, and what each looks like. */
package io.settlegate.protocol.codes;
