/** What a backup of a data directory holds, what would be lost with it, and how long putting it back takes. */
package io.settlegate.gateway.backup;
