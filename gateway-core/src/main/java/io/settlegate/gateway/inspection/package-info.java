/** Records of a journal, shown to people and programs: decoded by the schema files, masked, as text and as JSON. */
package io.settlegate.gateway.inspection;
