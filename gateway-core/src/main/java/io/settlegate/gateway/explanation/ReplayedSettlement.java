package io.settlegate.gateway.explanation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.benefits.explain.Explanation;
import io.settlegate.gateway.settlement.EngineInspection;
import io.settlegate.gateway.settlement.Standing;
import io.settlegate.gateway.settlement.VisitLine;
import java.util.List;
import java.util.Optional;

/**
 * A record that was computed again, with what was seen on the way.
 *
 * @param message name of the request in the schema.
 * @param request masked.
 * @param outcome as recorded, masked.
 * @param differing fields of the outcome that this build computes otherwise, masked.
 * @param isEqual whether outcome and state hash are those recorded, byte for byte.
 * @param earlierMismatchCount how many records and seals before it differ.
 * @param visitLines what stood to be settled; empty where the request holds its lines.
 * @param before how the person of the settlement that a cancel names stood; empty unless there is one.
 * @param inspection looks into the engine as the record left it.
 */
record ReplayedSettlement(
        ExplainedKind kind,
        long sequence,
        long timeMs,
        String message,
        ObjectNode request,
        ObjectNode outcome,
        ArrayNode differing,
        boolean isEqual,
        long earlierMismatchCount,
        Explanation explanation,
        List<VisitLine> visitLines,
        Optional<Standing> before,
        Optional<Standing> after,
        EngineInspection inspection) {}
