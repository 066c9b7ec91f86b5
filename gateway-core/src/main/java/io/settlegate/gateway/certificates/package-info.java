/**
 * X.509 certificates on SM2: whether a terminal's certificate may enrol it, decided on the operator's side before an act is
 * signed. Nothing here runs in a gateway that serves, so that no outcome depends on a day or on whom somebody trusted.
 */
package io.settlegate.gateway.certificates;
