/** A journal as rows for other programs: documented columns, parts that appear whole, each record exactly once. */
package io.settlegate.gateway.export;
