/** One settlement, presettlement, or cancel explained from the journal: found, computed again, and told in words and as JSON. */
package io.settlegate.gateway.explanation;
