/** What a hospital's terminal asks about visits and stays. Values; fields are named as in the national interface. */
package io.settlegate.protocol.client.visit;
