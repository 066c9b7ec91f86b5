package io.settlegate.gateway.activity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import io.settlegate.gateway.pages.PageTemplate;
import io.settlegate.gateway.pages.ReportDirectory;
import io.settlegate.gateway.settlement.VoucherActivation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes a report's files: the page, rows for programs, and the document. No state; blocks on the disk. */
public final class ActivityFiles {
    private ActivityFiles() {}

    public static void write(final ReportDirectory directory, final ActivityReport report, final ObjectNode document)
            throws IOException {
        directory.write("index.html", new PageTemplate().render(ActivityPage.of(report)));
        directory.write("activity.json", document.toPrettyString() + '\n');
        writeUse(directory, report);
        writeActivation(directory, report);
    }

    private static void writeUse(final ReportDirectory directory, final ActivityReport report) throws IOException {
        final List<String> columns =
                new ArrayList<>(List.of("period", "admdvs", "fixmedins_code", "fixmedins_name", "settlements"));
        for (final Credential credential : Credential.values()) {
            columns.add("by_" + credential.code());
        }
        columns.add("use_rate");
        try (CsvGenerator csv = directory.csv("use.csv", columns)) {
            for (final ActivityReport.Institution institution :
                    report.institutions().values()) {
                for (final Map.Entry<String, Counts> entry :
                        institution.byBucket().entrySet()) {
                    writeUse(csv, institution, entry.getKey(), entry.getValue());
                }
            }
        }
    }

    private static void writeUse(
            final CsvGenerator csv,
            final ActivityReport.Institution institution,
            final String bucket,
            final Counts counts)
            throws IOException {
        csv.writeStartArray();
        csv.writeString(bucket);
        csv.writeString(institution.admdvs());
        csv.writeString(institution.code());
        csv.writeString(institution.name());
        csv.writeNumber(counts.all());
        for (final Credential credential : Credential.values()) {
            csv.writeNumber(counts.of(credential));
        }
        csv.writeString(counts.useRate().percent());
        csv.writeEndArray();
    }

    private static void writeActivation(final ReportDirectory directory, final ActivityReport report)
            throws IOException {
        final List<String> columns =
                List.of("insuplc_admdvs", "name", "insured", "activated", "activation_rate", "target", "result");
        try (CsvGenerator csv = directory.csv("activation.csv", columns)) {
            for (final VoucherActivation.Region region : report.regions()) {
                final Judged judged = Judged.of(
                        ActivityReport.activationRate(region),
                        report.targets(),
                        Target.Measure.ACTIVATION,
                        region.admdvs());
                csv.writeStartArray();
                csv.writeString(region.admdvs());
                csv.writeString(region.name());
                csv.writeNumber(region.insuredCount());
                csv.writeNumber(region.activatedCount());
                csv.writeString(judged.rate().percent());
                csv.writeString(judged.targetPercent());
                csv.writeString(judged.word());
                csv.writeEndArray();
            }
        }
    }
}
