package io.settlegate.gateway;

import io.settlegate.gateway.operations.ImportActs;
import io.settlegate.gateway.operations.ImportFile;
import io.settlegate.gateway.operations.ImportFiles;
import io.settlegate.gateway.operations.ImportProblem;
import io.settlegate.gateway.operations.ImportReport;
import io.settlegate.protocol.crypto.Sm2Signer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Imports regions, institutions, terminals, persons, catalogue, terms of items, policies, allocations,",
            "vouchers, and entitlements of persons (docs/IMPORT.md).",
            "All files are checked first; if a row is bad nothing is imported and each is named by file, line, column, and reason.",
            "More than 50,000 rows are imported in parts, each all or none; an import that was cut off is completed by running it again.",
            "A running gateway is reached through its operators' socket; if none runs its journal is written.",
            "Exit code 0: imported. 1: bad rows. 4: the gateway refused a row that only it could judge."
        })
final class AdminImportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "data directory, made by `admin init`")
    private Path data;

    @Option(
            names = "--from",
            paramLabel = "DIR",
            description =
                    "takes every import file in DIR under its usual name: regions.csv, ..., policy.yaml, policies/*.yaml")
    private Path from;

    @Option(names = "--regions", paramLabel = "FILE", description = "admdvs,poolarea,name")
    private Path regions;

    @Option(
            names = "--institutions",
            paramLabel = "FILE",
            description = "fixmedins_code,fixmedins_name,admdvs,hosp_lv,status")
    private Path institutions;

    @Option(names = "--terminals", paramLabel = "FILE", description = "sn,model,fixmedins_code,public_key,status")
    private Path terminals;

    @Option(
            names = "--persons",
            paramLabel = "FILE",
            description = "psn_no,psn_name,psn_cert_type,certno,insutype,psn_type,insuplc_admdvs,psn_insu_stas,card_no")
    private Path persons;

    @Option(
            names = "--catalogue",
            paramLabel = "FILE",
            description =
                    "med_list_codg,item_name,chrgitm_lv,selfpay_prop,pric_uplmt_amt,bas_medn_flag,rx_flag,begndate,enddate")
    private Path catalogue;

    @Option(names = "--allocations", paramLabel = "FILE", description = "batch_id,psn_no,amount")
    private Path allocations;

    @Option(names = "--vouchers", paramLabel = "FILE", description = "ec_token,psn_no,expires")
    private Path vouchers;

    @Option(
            names = "--item-terms",
            paramLabel = "FILE",
            description = "med_list_codg,admdvs,begndate,enddate,chrgitm_lv,selfpay_prop,pric_uplmt_amt,bas_medn_flag")
    private Path itemTerms;

    @Option(names = "--entitlements", paramLabel = "FILE", description = "psn_no,kind,code,begndate,enddate")
    private Path entitlements;

    @Option(
            names = "--connect",
            paramLabel = "WHERE",
            description = "where operators connect: unix:PATH or HOST:PORT (default: unix:DIR/operator.sock)")
    private String connect;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description =
                    "one version of a region's benefit policy, YAML (docs/BENEFITS.md); may be given several times")
    private List<Path> policies = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        final DataDirectory directory = new DataDirectory(data);
        if (from != null && !Files.isDirectory(from)) {
            throw new IOException(from + " is no directory");
        }
        final ImportFiles files = from == null ? new ImportFiles(named(), policies) : new ImportFiles(from);
        final PrintWriter out = spec.commandLine().getOut();
        try (ActTarget target = ActTarget.open(directory, connect, out)) {
            final ImportMeter meter = new ImportMeter();
            final Clock clock = Clock.systemUTC();
            final ImportActs acts = new ImportActs(
                    target,
                    new Sm2Signer(directory.operatorKey(), new SecureRandom()),
                    target.gatewayId(),
                    "I" + Long.toString(clock.millis(), Character.MAX_RADIX),
                    clock);
            final ImportReport report = load(files, acts);
            target.commit();
            if (!report.isGood()) {
                printProblems(report);
                return Settlegate.FOUND;
            }
            meter.print(out, acts, target);
        }
        return 0;
    }

    /** Names file and line of a row that only the engine could refuse, and what of the import stands. */
    private ImportReport load(final ImportFiles files, final ImportActs acts) throws IOException {
        try {
            return files.load(acts);
        } catch (final ActRefusedException e) {
            final String place = acts.placeOf(e.chunkIndex(), e.rowIndex());
            final PrintWriter err = spec.commandLine().getErr();
            err.printf(
                    "refused%s. The %,d parts before it (%,d rows) are imported and stay; mend the row and run the same"
                            + " import again.%n",
                    place.isEmpty() ? "" : " at " + place, acts.partCount(), acts.rowCount());
            throw e;
        }
    }

    private Map<ImportFile, Path> named() {
        final Map<ImportFile, Path> named = new EnumMap<>(ImportFile.class);
        put(named, ImportFile.REGIONS, regions);
        put(named, ImportFile.INSTITUTIONS, institutions);
        put(named, ImportFile.TERMINALS, terminals);
        put(named, ImportFile.PERSONS, persons);
        put(named, ImportFile.CATALOGUE, catalogue);
        put(named, ImportFile.ALLOCATIONS, allocations);
        put(named, ImportFile.VOUCHERS, vouchers);
        put(named, ImportFile.ITEM_TERMS, itemTerms);
        put(named, ImportFile.ENTITLEMENTS, entitlements);
        return named;
    }

    private static void put(final Map<ImportFile, Path> named, final ImportFile file, final Path path) {
        if (path != null) {
            named.put(file, path);
        }
    }

    private void printProblems(final ImportReport report) {
        final PrintWriter err = spec.commandLine().getErr();
        for (final ImportProblem problem : report.problems()) {
            err.println(problem);
        }
        if (report.problemCount() > report.problems().size()) {
            err.printf(
                    "... and %,d more%n",
                    report.problemCount() - report.problems().size());
        }
        err.println("nothing was imported");
    }
}
