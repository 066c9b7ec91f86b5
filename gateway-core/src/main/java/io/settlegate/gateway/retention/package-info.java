/** Which segments of a gateway's journal may be archived and removed: the gateway must never need their records again. */
package io.settlegate.gateway.retention;
