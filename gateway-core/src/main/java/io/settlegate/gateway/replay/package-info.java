/** A journal replayed for an auditor: how far, what differs field by field, which signature fails, and the sums that must agree. */
package io.settlegate.gateway.replay;
