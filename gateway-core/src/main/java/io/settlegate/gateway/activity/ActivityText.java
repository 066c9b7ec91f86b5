package io.settlegate.gateway.activity;

import io.settlegate.gateway.inspection.TextTable;
import io.settlegate.gateway.inspection.TextTable.Align;
import io.settlegate.gateway.settlement.VoucherActivation;
import java.io.PrintWriter;
import java.util.List;

/** A report as tables for a terminal. No state. */
public final class ActivityText {
    private static final Align L = Align.LEFT;
    private static final Align R = Align.RIGHT;

    private ActivityText() {}

    public static void print(final PrintWriter out, final ActivityReport report) {
        out.println("e-vouchers from " + report.span().from() + " to "
                + report.span().to() + ", as of record " + report.lastSequence());
        out.println();
        final TextTable activation = new TextTable(List.of(L, L, R, R, R, R, L));
        activation.add("insured at", "", "persons", "activated", "rate %", "target %", "");
        for (final VoucherActivation.Region region : report.regions()) {
            final Judged judged = Judged.of(
                    ActivityReport.activationRate(region),
                    report.targets(),
                    Target.Measure.ACTIVATION,
                    region.admdvs());
            activation.add(
                    region.admdvs(),
                    region.name(),
                    String.valueOf(region.insuredCount()),
                    String.valueOf(region.activatedCount()),
                    judged.rate().percent(),
                    judged.targetPercent(),
                    judged.word());
        }
        activation.lines().forEach(out::println);
        out.println();
        final TextTable use = new TextTable(List.of(L, L, L, R, R, R, R, R, R, R, L));
        use.add("settled in", "", "", "settlements", "01", "02", "03", "other", "use %", "target %", "");
        report.byRegion()
                .forEach((admdvs, buckets) -> buckets.forEach((bucket, counts) -> use.add(cells(
                        admdvs,
                        report.regionName(admdvs),
                        bucket,
                        counts,
                        Judged.of(counts.useRate(), report.targets(), Target.Measure.USE, admdvs)))));
        use.lines().forEach(out::println);
        out.println();
        out.println(
                "01 is the e-voucher by QR code or face: a face that was recognised ends as 01, and cannot be told apart.");
        out.flush();
    }

    private static String[] cells(
            final String admdvs, final String name, final String bucket, final Counts counts, final Judged judged) {
        return new String[] {
            admdvs,
            name,
            bucket,
            String.valueOf(counts.all()),
            String.valueOf(counts.of(Credential.E_VOUCHER)),
            String.valueOf(counts.of(Credential.ID_CARD)),
            String.valueOf(counts.of(Credential.SOCIAL_CARD)),
            String.valueOf(counts.of(Credential.OTHER)),
            judged.rate().percent(),
            judged.targetPercent(),
            judged.word()
        };
    }
}
