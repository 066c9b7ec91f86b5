package io.settlegate.gateway.activity;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.inspection.ShownTime;
import io.settlegate.gateway.settlement.VoucherActivation;
import java.util.Locale;

/** A report for programs. Rates are texts in per cent with two decimals; one of nothing is null. No state. */
public final class ActivityDocument {
    private ActivityDocument() {}

    public static ObjectNode of(final ActivityReport report) {
        final ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put("from", report.span().from().toString())
                .put("to", report.span().to().toString())
                .put("by", report.span().by().name().toLowerCase(Locale.ROOT));
        document.putObject("asOf")
                .put("sequence", report.lastSequence())
                .put("time", ShownTime.of(report.lastTimeMs()));
        final ObjectNode whole = document.putObject("whole");
        putCounts(report.sum(), whole);
        putRate("activationRate", report.activationRate(), whole);
        putActivation(report, document.putArray("activation"));
        putUse(report, document.putArray("regions"));
        putInstitutions(report, document.putArray("institutions"));
        putTargets(report.targets(), document.putArray("targets"));
        return document;
    }

    private static void putActivation(final ActivityReport report, final ArrayNode target) {
        for (final VoucherActivation.Region region : report.regions()) {
            final ObjectNode node = target.addObject()
                    .put("admdvs", region.admdvs())
                    .put("name", region.name())
                    .put("insured", region.insuredCount())
                    .put("activated", region.activatedCount());
            putJudged(
                    "activationRate",
                    Judged.of(
                            ActivityReport.activationRate(region),
                            report.targets(),
                            Target.Measure.ACTIVATION,
                            region.admdvs()),
                    node);
        }
    }

    private static void putUse(final ActivityReport report, final ArrayNode target) {
        report.byRegion()
                .forEach((admdvs, buckets) -> buckets.forEach((bucket, counts) -> {
                    final ObjectNode node = target.addObject()
                            .put("admdvs", admdvs)
                            .put("name", report.regionName(admdvs))
                            .put("period", bucket);
                    putCounts(counts, node);
                    putJudged(
                            "useRate", Judged.of(counts.useRate(), report.targets(), Target.Measure.USE, admdvs), node);
                }));
    }

    private static void putInstitutions(final ActivityReport report, final ArrayNode target) {
        for (final ActivityReport.Institution institution :
                report.institutions().values()) {
            institution.byBucket().forEach((bucket, counts) -> {
                final ObjectNode node = target.addObject()
                        .put("fixmedins_code", institution.code())
                        .put("fixmedins_name", institution.name())
                        .put("admdvs", institution.admdvs())
                        .put("period", bucket);
                putCounts(counts, node);
            });
        }
    }

    private static void putCounts(final Counts counts, final ObjectNode target) {
        target.put("settlements", counts.all());
        for (final Credential credential : Credential.values()) {
            target.put("by_" + credential.code(), counts.of(credential));
        }
        putRate("useRate", counts.useRate(), target);
    }

    private static void putJudged(final String name, final Judged judged, final ObjectNode target) {
        putRate(name, judged.rate(), target);
        if (judged.target().isPresent()) {
            target.put("target", judged.targetPercent());
            target.put("result", judged.word());
        }
    }

    private static void putRate(final String name, final Rate rate, final ObjectNode target) {
        if (rate.whole() == 0) {
            target.putNull(name);
        } else {
            target.put(name, rate.percent());
        }
    }

    private static void putTargets(final Targets targets, final ArrayNode array) {
        for (final Target target : targets.all()) {
            array.addObject()
                    .put("measure", target.measure().name().toLowerCase(Locale.ROOT))
                    .put("region", target.region())
                    .put("percent", target.percent().toPlainString())
                    .put("until", target.until())
                    .put("source", target.source());
        }
    }
}
