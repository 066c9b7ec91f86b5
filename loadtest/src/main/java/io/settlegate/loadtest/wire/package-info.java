/** What a terminal writes and reads on the wire: msgids, signed frames, the gateway's frames. */
package io.settlegate.loadtest.wire;
