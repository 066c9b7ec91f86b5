/** How much e-vouchers are used: settlements by credential, and who has a voucher, against targets. */
package io.settlegate.gateway.activity;
