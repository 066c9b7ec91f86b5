package io.settlegate.gateway.reconciliation;

import io.settlegate.protocol.codec.MendingAct;
import java.util.Set;

/**
 * One difference between the books.
 *
 * @param difference between gateway and hospital.
 * @param standing among three books; null where two are compared.
 * @param act that mends it.
 * @param fields in which the hospital's row differs from the gateway's; where these agree, the bureau's.
 * @param group the rows; of a row that is doubled the one that it doubles stands in the gateway's place.
 * @param isGatewayCounted whether the gateway's row is in its total: not where the settlement is undone and refunds are out, nor of a
 *     doubled row.
 * @param otherMsgid of a double settlement: the other one's; else empty.
 * @param total where its amounts are counted.
 */
record Finding(
        Difference difference,
        Standing standing,
        MendingAct act,
        Set<Field> fields,
        Group group,
        boolean isGatewayCounted,
        String otherMsgid,
        TotalKey total) {
    Finding withAct(final MendingAct other) {
        return new Finding(difference, standing, other, fields, group, isGatewayCounted, otherMsgid, total);
    }
}
