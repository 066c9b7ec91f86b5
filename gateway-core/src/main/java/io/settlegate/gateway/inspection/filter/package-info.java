/** Which records are wanted: by institution, terminal, person, code, transaction, or number. */
package io.settlegate.gateway.inspection.filter;
