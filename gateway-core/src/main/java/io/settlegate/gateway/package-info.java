/** Boot and command line: puts the parts together, starts and stops them. */
package io.settlegate.gateway;
