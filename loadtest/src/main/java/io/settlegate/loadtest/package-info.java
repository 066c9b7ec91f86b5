/** The load test and the demo: it starts gateways as processes, talks TCP to them, and checks what they answered. */
package io.settlegate.loadtest;
