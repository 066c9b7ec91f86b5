package io.settlegate.gateway.past;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.inspection.Masking;
import io.settlegate.gateway.inspection.ShownTime;
import io.settlegate.gateway.settlement.PersonStanding;
import io.settlegate.journal.SnapshotUse;
import java.util.List;
import java.util.Map;

/**
 * A person as they stood, as a JSON object; docs/JOURNAL_FORMAT.md lists what programs may rely on.
 *
 * <p>One thread. What names the person or tells of their health goes through one masking.
 */
final class PersonDocument {
    private static final int INSTITUTION_LENGTH = 12;

    private final Masking masking;
    private final ObjectNode document = JsonNodeFactory.instance.objectNode();

    PersonDocument(final Masking masking) {
        this.masking = masking;
    }

    ObjectNode document() {
        return document;
    }

    /** Where the journal was stopped. */
    void putMoment(
            final String asked,
            final long atMs,
            final long lastSequence,
            final long lastTimeMs,
            final long mismatchCount) {
        document.putObject("at")
                .put("asked", asked)
                .put("time", ShownTime.of(atMs))
                .put("timeMs", atMs)
                .put("lastSequence", lastSequence)
                .put("lastTime", ShownTime.of(lastTimeMs))
                .put("mismatches", mismatchCount);
    }

    /** Where the replay began. */
    void putStart(final SnapshotUse begun) {
        document.putObject("start")
                .put("isSnapshot", begun.isFromSnapshot())
                .put("snapshotSequence", begun.sequence())
                .put("snapshot", begun.place());
    }

    void putPerson(final PersonStanding person) {
        final ObjectNode object = document.putObject("person");
        text(object, "psnNo", person.psnNo());
        text(object, "psnCertType", person.psnCertType());
        text(object, "certno", person.certno());
        text(object, "psnName", person.psnName());
        text(object, "cardNo", person.cardNo());
        text(object, "insutype", person.insutype());
        text(object, "psnType", person.psnType());
        text(object, "insuplcAdmdvs", person.insuplcAdmdvs());
        text(object, "psnInsuStas", person.psnInsuStas());
        object.put("frozenFlag", person.isFrozen() ? 1 : 0);
        document.putObject("account").put("balcFen", person.balanceFen());
        putAccumulators(person);
        putEntitlements(person.entitlements());
        putVisits(person.visits());
    }

    private void putAccumulators(final PersonStanding person) {
        final ArrayNode years = document.putArray("accumulators");
        for (final PersonStanding.UsedYear year : person.years()) {
            final ArrayNode used = years.addObject()
                    .put("year", year.year())
                    .put("insutype", String.valueOf(year.insutype()))
                    .putArray("used");
            year.accumulatorsFen()
                    .forEach((name, amountFen) ->
                            used.addObject().put("name", name).put("amountFen", amountFen));
        }
        final ArrayNode diseases = document.putArray("diseases");
        for (final PersonStanding.UsedDisease disease : person.diseases()) {
            final ObjectNode object = diseases.addObject()
                    .put("year", disease.year())
                    .put("insutype", String.valueOf(disease.insutype()));
            text(object, "diseCodg", disease.diseCodg());
            object.put("paidFen", disease.paidFen());
        }
    }

    private void putEntitlements(final List<PersonStanding.HeldEntitlement> entitlements) {
        final ArrayNode array = document.putArray("entitlements");
        for (final PersonStanding.HeldEntitlement entitlement : entitlements) {
            final ObjectNode object = array.addObject().put("kind", entitlement.kind());
            text(object, "entitlementCode", entitlement.code());
            object.put("begnDay", entitlement.begnDay().toString());
            if (entitlement.endDay() != null) {
                object.put("endDay", entitlement.endDay().toString());
            }
            object.put("isInForce", entitlement.isInForce());
        }
    }

    private void putVisits(final List<PersonStanding.OpenVisit> visits) {
        final ArrayNode array = document.putArray("visits");
        for (final PersonStanding.OpenVisit visit : visits) {
            final ObjectNode object = array.addObject()
                    .put("mdtrtId", visit.mdtrtId())
                    .put("kind", visit.kind())
                    .put("isDischarged", visit.isDischarged())
                    .put("fixmedinsCode", visit.fixmedinsCode())
                    .put("institution", visit.institutionName());
            text(object, "insutype", visit.insutype());
            text(object, "medType", visit.medType());
            text(object, "diseCodg", visit.diseCodg());
            object.put("begntime", ShownTime.of(visit.begntimeMs())).put("begntimeMs", visit.begntimeMs());
            if (visit.endtimeMs() != 0) {
                object.put("endtime", ShownTime.of(visit.endtimeMs())).put("endtimeMs", visit.endtimeMs());
            }
            object.put("lines", visit.lineCount())
                    .put("unsettledLines", visit.unsettledCount())
                    .put("unsettledFen", visit.unsettledFen())
                    .put("settlements", visit.settlementCount())
                    .put("dedcUsedFen", visit.dedcUsedFen());
        }
    }

    /** Those that stood; of the others, how many had been undone by then. */
    void putSettlements(final PersonHistory history, final long atSequence, final Map<String, String> institutions) {
        final ArrayNode array = document.putArray("settlements");
        long undone = 0;
        for (final PastSettlement settlement : history.settlements()) {
            if (settlement.standsAt(atSequence)) {
                putSettlement(settlement, atSequence, institutions, array.addObject());
            } else if (settlement.sequence <= atSequence) {
                undone++;
            }
        }
        document.put("settlementsUndoneBefore", undone);
        document.putObject("settlementsRead")
                .put("fromSequence", history.firstSequence())
                .put("toSequence", history.lastSequence());
    }

    private static void putSettlement(
            final PastSettlement settlement,
            final long atSequence,
            final Map<String, String> institutions,
            final ObjectNode object) {
        final JsonNode outcome = settlement.outcome;
        final String msgid = outcome.at("/header/msgid").asText();
        final String code = msgid.substring(0, Math.min(INSTITUTION_LENGTH, msgid.length()));
        object.put("setlId", outcome.path("setlId").asText())
                .put("msgid", msgid)
                .put("sequence", settlement.sequence)
                .put("time", ShownTime.of(settlement.timeMs))
                .put("timeMs", settlement.timeMs)
                .put("transaction", outcome.at("/header/infno").asText())
                .put("fixmedinsCode", code)
                .put("institution", institutions.getOrDefault(code, ""));
        for (final String name : List.of("insutype", "medType", "mdtrtId")) {
            if (!outcome.path(name).asText().isEmpty()) {
                object.set(name, outcome.get(name));
            }
        }
        final ObjectNode shares = object.putObject("shares");
        for (final Map.Entry<String, JsonNode> field : outcome.properties()) {
            if (field.getKey().endsWith("Fen")) {
                shares.set(field.getKey(), field.getValue());
            }
        }
        settlement.undoneAfter(atSequence).ifPresent(undone -> putChange(undone, object.putObject("undoneLater")));
        settlement
                .stoodAgainAfter(atSequence)
                .ifPresent(again -> putChange(again, object.putObject("stoodAgainLater")));
    }

    private static void putChange(final PastSettlement.Change change, final ObjectNode object) {
        object.put("transaction", change.by())
                .put("sequence", change.sequence())
                .put("time", ShownTime.of(change.timeMs()));
    }

    private void text(final ObjectNode object, final String name, final String value) {
        if (!value.isEmpty()) {
            object.put(name, masking.shown(name, value));
        }
    }
}
