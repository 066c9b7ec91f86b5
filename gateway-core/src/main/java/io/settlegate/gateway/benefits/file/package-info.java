/** Policy files: read strictly and by line, shown as tables, compared. Boot and command line; blocks on the disk. */
package io.settlegate.gateway.benefits.file;
