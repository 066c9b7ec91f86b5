package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.protocol.client.GatewayEndpoint;
import io.settlegate.protocol.client.Settlement;
import io.settlegate.protocol.client.TerminalIdentity;
import io.settlegate.protocol.crypto.KeyFiles;
import io.settlegate.protocol.crypto.Sm2PrivateKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import picocli.CommandLine;

/** A gateway with a handful of everything, made through the command line as an operator would. */
public final class SmallCity {
    public static final String GATEWAY_ID = "SG-TEST";
    public static final String REGION = "320300";
    public static final String COUNTY = "320302";
    public static final String PHARMACY = "P32030200001";
    public static final String HOSPITAL = "H32030200001";
    public static final int TERMINALS_PER_INSTITUTION = 4;
    public static final int PERSONS = 40;
    /** Small, so that copies and images of a journal are. */
    public static final int BLOCK_LENGTH = 256 << 10;

    public static final long BALANCE_FEN = 500_000;
    private static final List<String> ITEMS =
            List.of("XB03ACY199B002010104718", "XA02BCA012E001010201234", "ZA01AAB0010010100123");
    private static final int ITEM_PRICE_FEN = 1_250;

    private final Path data;
    private final List<TerminalIdentity> terminals;

    private SmallCity(final Path data, final List<TerminalIdentity> terminals) {
        this.data = data;
        this.terminals = terminals;
    }

    /** Founds and fills a gateway below {@code directory}. */
    public static SmallCity found(final Path directory) throws IOException {
        System.setProperty(DataDirectory.BLOCK_LENGTH_PROPERTY, String.valueOf(BLOCK_LENGTH));
        final Path data = directory.resolve("data");
        final Path files = Files.createDirectories(directory.resolve("files"));
        final List<TerminalIdentity> terminals = new ArrayList<>();
        final SecureRandom random = new SecureRandom();
        for (final String institution : List.of(PHARMACY, HOSPITAL)) {
            for (int i = 0; i < TERMINALS_PER_INSTITUTION; i++) {
                terminals.add(new TerminalIdentity(
                        "SN-" + institution.charAt(0) + i, institution, COUNTY, Sm2PrivateKey.generate(random)));
            }
        }
        write(files, terminals);
        run("admin", "init", "--data", data.toString(), "--gateway-id", GATEWAY_ID, "--insuplc", REGION);
        run(
                "admin",
                "import",
                "--data",
                data.toString(),
                "--regions",
                files.resolve("regions.csv").toString(),
                "--institutions",
                files.resolve("institutions.csv").toString(),
                "--terminals",
                files.resolve("terminals.csv").toString(),
                "--persons",
                files.resolve("persons.csv").toString(),
                "--catalogue",
                files.resolve("catalogue.csv").toString(),
                "--policy",
                Path.of("src/main/resources/demo/policy.yaml").toString(),
                "--allocations",
                files.resolve("allocations.csv").toString());
        return new SmallCity(data, terminals);
    }

    /** The same city with its data elsewhere, a copy. */
    public SmallCity at(final Path otherData) {
        return new SmallCity(otherData, terminals);
    }

    /** Runs a command line that must succeed, and answers what it printed. */
    public static String run(final String... arguments) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final CommandLine commandLine =
                Settlegate.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        final int exitCode = commandLine.execute(arguments);
        assertThat(exitCode)
                .as("%s%n%s%n%s", String.join(" ", arguments), out, err)
                .isZero();
        return out.toString();
    }

    public Path data() {
        return data;
    }

    public List<TerminalIdentity> terminals() {
        return terminals;
    }

    public GatewayEndpoint endpoint(final InetSocketAddress address) throws IOException {
        return new GatewayEndpoint(
                List.of(address),
                GATEWAY_ID,
                KeyFiles.readPublic(data.resolve("keys").resolve("gateway.pub.pem")));
    }

    public static String psnNo(final int person) {
        return String.format("3203%016d", person);
    }

    /** A purchase or visit of one to three lines by a random person, fitting the terminal's institution. */
    public static Settlement settlement(final Random random, final TerminalIdentity terminal, final long nowMs) {
        final int person = random.nextInt(PERSONS);
        final List<Settlement.Line> lines = new ArrayList<>();
        final int count = 1 + random.nextInt(ITEMS.size());
        for (int i = 0; i < count; i++) {
            final int units = 1 + random.nextInt(4);
            lines.add(new Settlement.Line(
                    "L" + i,
                    ITEMS.get(i),
                    (long) ITEM_PRICE_FEN * units,
                    units * 10_000L,
                    ITEM_PRICE_FEN * 10_000L,
                    ""));
        }
        return new Settlement(
                psnNo(person),
                COUNTY,
                "02",
                certno(person),
                nowMs,
                insutype(person),
                terminal.fixmedinsCode().startsWith("P") ? "41" : "11",
                Settlement.AccountUse.USED,
                "",
                "",
                lines);
    }

    public static String insutype(final int person) {
        return person % 2 == 0 ? "310" : "390";
    }

    /** The import files of the city, all but the policy. */
    public static void write(final Path files, final List<TerminalIdentity> terminals) throws IOException {
        Files.writeString(
                files.resolve("regions.csv"), "admdvs,poolarea,name\n320300,320300,City\n320302,320300,County\n");
        Files.writeString(
                files.resolve("institutions.csv"),
                "fixmedins_code,fixmedins_name,admdvs,hosp_lv,status\n" + PHARMACY + ",Pharmacy,320302,11,1\n"
                        + HOSPITAL + ",Hospital,320302,08,1\n");
        final StringBuilder terminalRows = new StringBuilder("sn,model,fixmedins_code,public_key,status\n");
        for (final TerminalIdentity terminal : terminals) {
            terminalRows
                    .append(terminal.sn())
                    .append(",MODEL-3,")
                    .append(terminal.fixmedinsCode())
                    .append(',')
                    .append(terminal.key().publicKey().toHex())
                    .append(",1\n");
        }
        Files.writeString(files.resolve("terminals.csv"), terminalRows);
        final StringBuilder persons = new StringBuilder(
                "psn_no,psn_name,psn_cert_type,certno,insutype,psn_type,insuplc_admdvs,psn_insu_stas\n");
        final StringBuilder allocations = new StringBuilder("batch_id,psn_no,amount\n");
        for (int i = 0; i < PERSONS; i++) {
            persons.append(psnNo(i))
                    .append(",Person")
                    .append(i)
                    .append(",01,")
                    .append(certno(i))
                    .append(',')
                    .append(insutype(i))
                    .append(',')
                    .append(i % 2 == 0 ? "1101" : "1501")
                    .append(",320302,1\n");
            allocations.append("A1,").append(psnNo(i)).append(",5000.00\n");
        }
        Files.writeString(files.resolve("persons.csv"), persons);
        Files.writeString(files.resolve("allocations.csv"), allocations);
        Files.writeString(
                files.resolve("catalogue.csv"),
                "med_list_codg,item_name,chrgitm_lv,selfpay_prop,pric_uplmt_amt\n" + ITEMS.get(0) + ",Item A,01,0,0\n"
                        + ITEMS.get(1) + ",Item B,02,0.1,10.50\n" + ITEMS.get(2) + ",Item C,03,1,0\n");
    }

    /** An identity number that nobody has, with the checksum of GB 11643. */
    public static String certno(final int person) {
        return certno(1950 + person, person);
    }

    /** As above: somebody who was born on the first day of a year, the so manieth there. */
    public static String certno(final int year, final int ordinal) {
        final String digits = String.format("320302%04d0101%03d", year, ordinal);
        final int[] weights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += (digits.charAt(i) - '0') * weights[i];
        }
        return digits + "10X98765432".charAt(sum % 11);
    }
}
