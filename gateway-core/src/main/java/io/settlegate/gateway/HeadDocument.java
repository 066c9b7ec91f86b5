package io.settlegate.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.inspection.ShownTime;
import io.settlegate.protocol.receipt.Seal;
import io.settlegate.protocol.receipt.proof.Head;
import java.util.HexFormat;

/** A head as JSON, its text included. Stateless. */
final class HeadDocument {
    private HeadDocument() {}

    static ObjectNode of(final Head head) {
        final Seal seal = head.seal();
        final HexFormat hex = HexFormat.of();
        return JsonNodeFactory.instance
                .objectNode()
                .put("gatewayId", seal.gatewayId())
                .put("gatewayKeyVersion", seal.gatewayKeyVersion())
                .put("sealNumber", seal.sealNumber())
                .put("firstSequence", seal.firstSequence())
                .put("lastSequence", seal.lastSequence())
                .put("timeMs", seal.timeMs())
                .put("time", ShownTime.of(seal.timeMs()))
                .put("durability", seal.durability().name())
                .put("mountainRangeRoot", hex.formatHex(seal.mountainRangeRoot()))
                .put("sealHash", hex.formatHex(seal.hash()))
                .put("text", head.toText());
    }
}
