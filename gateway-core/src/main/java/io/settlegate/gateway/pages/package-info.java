/** Printable pages of a report: one model, one template, everything escaped, no script, nothing loaded from elsewhere. */
package io.settlegate.gateway.pages;
