package io.settlegate.gateway.explanation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.inspection.Yuan;
import io.settlegate.gateway.settlement.EngineInspection;
import io.settlegate.gateway.settlement.VisitLine;
import java.math.BigDecimal;
import java.util.List;

/**
 * The lines of a bill as JSON: what was asked, how each was split, and why.
 *
 * <p>Stateless but for the names of items, which the engine's catalogue gives.
 */
final class LineDocument {
    private static final String[] SPLIT = {
        "chrgitmLv",
        "pricUplmtAmtE6",
        "selfpayPropE4",
        "fulamtOwnpayAmtFen",
        "overlmtAmtFen",
        "preselfpayAmtFen",
        "inscpScpAmtFen"
    };
    private static final int CNT_PLACES = 4;
    private static final int PRIC_PLACES = 6;

    private final EngineInspection inspection;

    LineDocument(final EngineInspection inspection) {
        this.inspection = inspection;
    }

    /** Lines that came with the request; the splits are those of the outcome, which a refusal has not. */
    void ofRequest(final JsonNode request, final JsonNode outcome, final ArrayNode into) {
        final JsonNode asked = request.path("drugdetail");
        final JsonNode splits = outcome.path("detlcutinfo");
        for (int i = 0; i < asked.size(); i++) {
            final JsonNode from = asked.get(i);
            final ObjectNode line = into.addObject().put("line", i + 1);
            for (final String name : List.of("feedetlSn", "medListCodg")) {
                line.set(name, from.get(name));
            }
            line.put("itemName", inspection.itemName(from.path("medListCodg").asText()));
            for (final String name : List.of("pricE6", "cntE4", "detItemFeeSumamtFen")) {
                line.set(name, from.get(name));
            }
            if (splits.has(i)) {
                for (final String name : SPLIT) {
                    line.set(name, splits.get(i).get(name));
                }
                explain(line);
            }
        }
    }

    /** Lines that had been uploaded to a visit. */
    void ofVisit(final List<VisitLine> lines, final ArrayNode into) {
        for (int i = 0; i < lines.size(); i++) {
            final VisitLine from = lines.get(i);
            final ObjectNode line = into.addObject()
                    .put("line", i + 1)
                    .put("feedetlSn", from.feedetlSn())
                    .put("medListCodg", from.medListCodg())
                    .put("itemName", inspection.itemName(from.medListCodg()))
                    .put("pricE6", from.pricE6())
                    .put("cntE4", from.cntE4())
                    .put("detItemFeeSumamtFen", from.amountFen())
                    .put("chrgitmLv", "0" + from.itemClass())
                    .put("pricUplmtAmtE6", from.ceilingE6())
                    .put("selfpayPropE4", from.selfpayE4())
                    .put("fulamtOwnpayAmtFen", from.ownpayFen())
                    .put("overlmtAmtFen", from.overlmtFen())
                    .put("preselfpayAmtFen", from.preselfpayFen())
                    .put("inscpScpAmtFen", from.inscpFen());
            explain(line);
        }
    }

    private static void explain(final ObjectNode line) {
        final ArrayNode words = line.putArray("words");
        final long priceE6 = line.path("pricE6").asLong();
        final long countE4 = line.path("cntE4").asLong();
        final long ceilingE6 = line.path("pricUplmtAmtE6").asLong();
        final long amountFen = line.path("detItemFeeSumamtFen").asLong();
        final long overlmtFen = line.path("overlmtAmtFen").asLong();
        words.add("pric " + Yuan.price(priceE6) + " x cnt " + Yuan.e4(countE4) + " = "
                + rounded(product(priceE6, countE4), amountFen, "R1"));
        final String itemClass = line.path("chrgitmLv").asText();
        if (itemClass.equals("03")) {
            words.add("class 03: all of it is fulamt_ownpay");
            return;
        }
        if (ceilingE6 > 0 && priceE6 > ceilingE6) {
            words.add("the ceiling " + Yuan.price(ceilingE6) + " x " + Yuan.e4(countE4) + " = "
                    + rounded(product(ceilingE6, countE4), amountFen - overlmtFen, "R2") + " leaves "
                    + Yuan.of(overlmtFen) + " overlmt");
        }
        if (itemClass.equals("02")) {
            final long shareE4 = line.path("selfpayPropE4").asLong();
            final BigDecimal share =
                    BigDecimal.valueOf(amountFen - overlmtFen, 2).multiply(BigDecimal.valueOf(shareE4, CNT_PLACES));
            words.add("first share " + Yuan.of(amountFen - overlmtFen) + " x " + Yuan.e4(shareE4) + " = "
                    + rounded(share, line.path("preselfpayAmtFen").asLong(), "R3") + " preselfpay");
        }
    }

    private static BigDecimal product(final long priceE6, final long countE4) {
        return BigDecimal.valueOf(priceE6, PRIC_PLACES).multiply(BigDecimal.valueOf(countE4, CNT_PLACES));
    }

    /** The amount, behind what it was rounded from where that is another. */
    private static String rounded(final BigDecimal exact, final long amountFen, final String rounding) {
        return exact.compareTo(BigDecimal.valueOf(amountFen, 2)) == 0
                ? Yuan.of(amountFen)
                : Yuan.atLeastTwo(exact) + ", half up " + Yuan.of(amountFen) + " [" + rounding + "]";
    }
}
