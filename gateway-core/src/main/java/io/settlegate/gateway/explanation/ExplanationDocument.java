package io.settlegate.gateway.explanation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.benefits.explain.AccumulatorChange;
import io.settlegate.gateway.benefits.explain.ExplainedStep;
import io.settlegate.gateway.benefits.explain.ExplainedVisit;
import io.settlegate.gateway.benefits.policy.Money;
import io.settlegate.gateway.benefits.policy.Policy;
import io.settlegate.gateway.benefits.policy.PolicyDefinition;
import io.settlegate.gateway.inspection.ShownTime;
import io.settlegate.gateway.settlement.Standing;
import io.settlegate.journal.JournalFollower;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.ResultCode;
import java.util.List;
import java.util.Locale;

/**
 * A settlement, presettlement, or cancel explained, as a JSON object; docs/JOURNAL_FORMAT.md lists what programs may rely on. Masked as
 * everywhere, and nothing of what the person is entitled to is told beyond what the amounts tell.
 *
 * <p>One thread; blocks on the disk while the journal is replayed.
 */
public final class ExplanationDocument {
    private static final int INSTITUTION_LENGTH = 12;
    private static final List<String> SHARES = List.of(
            "medfeeSumamtFen",
            "fulamtOwnpayAmtFen",
            "overlmtSelfpayFen",
            "preselfpayAmtFen",
            "inscpScpAmtFen",
            "actPayDedcFen",
            "poolPropSelfpayE4",
            "hifpPayFen",
            "hifobPayFen",
            "hifmiPayFen",
            "cvlservPayFen",
            "hifesPayFen",
            "othPayFen",
            "mafPayFen",
            "fundPaySumamtFen",
            "hospPartAmtFen",
            "psnPartAmtFen",
            "acctPayFen",
            "acctMulaidPayFen",
            "psnCashPayFen",
            "balcFen");

    private final ReplayedSettlement replayed;
    private final JsonNode request;
    private final JsonNode outcome;
    private final ObjectNode document = JsonNodeFactory.instance.objectNode();

    private ExplanationDocument(final ReplayedSettlement replayed) {
        this.replayed = replayed;
        this.request = replayed.request();
        this.outcome = replayed.outcome();
    }

    /** Replays the journal up to the record that was found, and explains that. */
    public static ObjectNode of(final Store store, final JournalFollower follower, final Finding finding) {
        final ExplanationDocument explained =
                new ExplanationDocument(new SettlementReplay(store, follower).upTo(finding.sequence()));
        explained.fill();
        return explained.document;
    }

    /** Whether the record is what this build computes, and all identities hold. */
    public static boolean isClean(final ObjectNode document) {
        return document.at("/recomputed/isEqual").asBoolean()
                && document.at("/recomputed/earlierMismatches").asLong() == 0
                && document.path("identities").findValues("holds").stream().allMatch(JsonNode::asBoolean);
    }

    private void fill() {
        final ResultCode code = ResultCode.of(outcome.at("/header/code").asInt());
        document.put("kind", replayed.kind().name())
                .put("sequence", replayed.sequence())
                .put("time", ShownTime.of(replayed.timeMs()))
                .put("timeMs", replayed.timeMs())
                .put("transaction", outcome.at("/header/infno").asText())
                .put("message", replayed.message())
                .put("msgid", request.at("/header/msgid").asText());
        for (final String name : List.of("setlId", "originalSetlId", "originalMsgid")) {
            putText(outcome, name, document);
        }
        putResult(code);
        putRecomputed();
        putParties();
        putPolicy();
        final LineDocument lines = new LineDocument(replayed.inspection());
        final ArrayNode lineArray = document.putArray("lines");
        lines.ofRequest(request, outcome, lineArray);
        lines.ofVisit(replayed.visitLines(), lineArray);
        putSteps();
        if (code == ResultCode.OK) {
            putOutcome();
        }
    }

    private void putResult(final ResultCode code) {
        final ObjectNode result = document.putObject("result")
                .put("code", code.code())
                .put("codeName", code.name())
                .put("text", code.textEn())
                .put("textZh", code.textZh());
        if (code == ResultCode.OK) {
            return;
        }
        result.put("next", code.next().advice()).put("isMsgidBound", code.binds());
        final int index = outcome.path("lineIndex").asInt(-1);
        if (index >= 0) {
            result.put("lineIndex", index).put("line", index + 1);
        }
    }

    private void putRecomputed() {
        document.putObject("recomputed")
                .put("isEqual", replayed.isEqual())
                .put("earlierMismatches", replayed.earlierMismatchCount())
                .set("differing", replayed.differing());
    }

    private void putParties() {
        final ObjectNode person = document.putObject("person");
        putText(request, "psnNo", person);
        for (final String name : List.of("insutype", "psnType")) {
            putText(outcome.has(name) ? outcome : request, name, person);
        }
        if (outcome.has("age")) {
            person.set("age", outcome.get("age"));
        }
        final String msgid = request.at("/header/msgid").asText();
        final String code = msgid.substring(0, Math.min(msgid.length(), INSTITUTION_LENGTH));
        document.putObject("institution")
                .put("fixmedinsCode", code)
                .put("name", replayed.inspection().institutionName(code));
        final ObjectNode visit = document.putObject("visit");
        for (final String name : List.of("medType", "mdtrtId")) {
            putText(request, name, visit);
        }
        final ExplainedVisit explained = replayed.explanation().visit();
        if (explained != null) {
            visit.put("level", explained.level())
                    .put("outOfArea", explained.outOfArea())
                    .put("stayNumber", explained.stayNumber());
        }
    }

    private void putPolicy() {
        final ExplainedVisit visit = replayed.explanation().visit();
        final Policy policy =
                visit == null ? replayed.before().map(Standing::policy).orElse(null) : visit.policy();
        if (policy == null) {
            return;
        }
        final PolicyDefinition definition = policy.definition();
        final ObjectNode object = document.putObject("policy")
                .put("region", definition.region())
                .put("name", definition.name())
                .put("version", definition.version())
                .put("effectiveFrom", definition.effectiveFrom().toString())
                .put("effectiveTo", definition.effectiveTo().toString())
                .put("kind", definition.provenance().kind().name().toLowerCase(Locale.ROOT))
                .put("source", definition.provenance().source())
                .put("trust", definition.provenance().trust());
        if (visit != null) {
            object.put("plan", visit.plan().name());
        }
        if (document.at("/result/code").asInt() == 0) {
            final ObjectNode shares = document.putObject("shares");
            for (final String name : SHARES) {
                if (outcome.has(name)) {
                    shares.set(name, outcome.get(name));
                }
            }
            Identities.check(shares, definition.switches(), document.putArray("identities"));
        }
    }

    private void putSteps() {
        final ArrayNode steps = document.putArray("steps");
        for (final ExplainedStep step : replayed.explanation().steps()) {
            final ObjectNode object = steps.addObject()
                    .put("number", steps.size())
                    .put("rule", step.rule())
                    .put("step", step.step());
            putUnlessEmpty(object, "fund", step.fund());
            object.put("baseFen", step.baseFen());
            putUnlessEmpty(object, "ratio", step.ratio());
            putUnlessEmpty(object, "product", step.product());
            if (step.limitFen() != Money.UNLIMITED_FEN) {
                object.put("limitFen", step.limitFen());
            }
            if (!step.step().endsWith("_segment") && !step.step().endsWith("_tier")) {
                object.put("amountFen", step.amountFen());
            }
            putUnlessEmpty(object, "rounding", step.rounding());
            object.put("words", step.words());
        }
    }

    private static void putUnlessEmpty(final ObjectNode object, final String name, final String value) {
        if (!value.isEmpty()) {
            object.put(name, value);
        }
    }

    /** What the person used before and after, and the account; nothing of it if this build computes no such outcome. */
    private void putOutcome() {
        final ArrayNode accumulators = document.putArray("accumulators");
        if (replayed.kind() != ExplainedKind.CANCEL && replayed.explanation().visit() != null) {
            for (final AccumulatorChange change : replayed.explanation().accumulators()) {
                addAccumulator(accumulators, change.name(), change.beforeFen(), change.afterFen());
            }
            putAccount(
                    replayed.explanation().visit().balanceFen(),
                    outcome.path("balcFen").asLong());
        } else if (replayed.before().isPresent() && replayed.after().isPresent()) {
            final Standing before = replayed.before().get();
            final Standing after = replayed.after().get();
            document.put("year", before.year());
            before.accumulatorsFen().forEach((name, beforeFen) -> {
                final long afterFen = after.accumulatorsFen().get(name);
                if (beforeFen != afterFen) {
                    addAccumulator(accumulators, name, beforeFen, afterFen);
                }
            });
            putAccount(before.balanceFen(), after.balanceFen());
        }
    }

    private void putAccount(final long beforeFen, final long afterFen) {
        document.putObject("account").put("beforeFen", beforeFen).put("afterFen", afterFen);
    }

    private static void addAccumulator(
            final ArrayNode accumulators, final String name, final long beforeFen, final long afterFen) {
        accumulators.addObject().put("name", name).put("beforeFen", beforeFen).put("afterFen", afterFen);
    }

    private static void putText(final JsonNode from, final String name, final ObjectNode into) {
        if (!from.path(name).asText().isEmpty()) {
            into.set(name, from.get(name));
        }
    }
}
