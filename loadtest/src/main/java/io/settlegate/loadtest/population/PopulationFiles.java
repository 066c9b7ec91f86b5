package io.settlegate.loadtest.population;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The files of a sample city: seven CSV files as {@code admin import} takes them, and {@code population.json} with seed
 * and size, from which everything else, keys included, is made again.
 *
 * <p>No name or code of the sample holds a comma or a quote, so nothing is quoted. Blocks on the disk.
 */
public final class PopulationFiles {
    private static final String SEED_FILE = "population.json";
    private static final String BATCH_ID = "sample-opening";
    private static final String VOUCHER_EXPIRES = "2100-01-01T00:00:00+08:00";
    private static final int FLUSH_LENGTH = 1 << 16;
    private static final long FEN_PER_YUAN = 100;
    private static final long MICRO = 1_000_000;
    private static final int E4 = 10_000;

    private final Path directory;

    public PopulationFiles(final Path directory) {
        this.directory = directory;
    }

    public Path directory() {
        return directory;
    }

    /** The benefit policy stands beside the city's files; it is not made from the seed. */
    public Path policy() {
        return directory.resolve("policy.yaml");
    }

    public Path regions() {
        return directory.resolve("regions.csv");
    }

    public Path institutions() {
        return directory.resolve("institutions.csv");
    }

    public Path terminals() {
        return directory.resolve("terminals.csv");
    }

    public Path persons() {
        return directory.resolve("persons.csv");
    }

    public Path catalogue() {
        return directory.resolve("catalogue.csv");
    }

    public Path allocations() {
        return directory.resolve("allocations.csv");
    }

    public Path vouchers() {
        return directory.resolve("vouchers.csv");
    }

    /** Writes all files, replacing older ones. */
    public void write(final Population population) throws IOException {
        Files.createDirectories(directory);
        writeSeed(population);
        csv(
                regions(),
                "admdvs,poolarea,name",
                text -> Region.ALL.forEach(region -> row(text, region.admdvs(), Region.POOL_AREA, region.name())));
        csv(institutions(), "fixmedins_code,fixmedins_name,admdvs,hosp_lv,status", text -> population
                .institutions()
                .forEach(at -> row(text, at.fixmedinsCode(), at.fixmedinsName(), at.admdvs(), at.hospLv(), "1")));
        csv(terminals(), "sn,model,fixmedins_code,public_key,status", text -> population
                .terminals()
                .forEach(terminal -> row(
                        text,
                        terminal.sn(),
                        terminal.model(),
                        terminal.institution().fixmedinsCode(),
                        terminal.key().publicKey().toHex(),
                        "1")));
        csv(
                persons(),
                "psn_no,psn_name,psn_cert_type,certno,insutype,psn_type,insuplc_admdvs,psn_insu_stas,card_no",
                text -> population
                        .persons()
                        .forEach(person -> row(
                                text,
                                person.psnNo(),
                                person.psnName(),
                                "01",
                                person.certno(),
                                person.insutype(),
                                person.psnType(),
                                person.insuplcAdmdvs(),
                                person.psnInsuStas(),
                                person.cardNo())));
        csv(catalogue(), "med_list_codg,item_name,chrgitm_lv,selfpay_prop,pric_uplmt_amt", text -> population
                .items()
                .forEach(item -> row(
                        text,
                        item.medListCodg(),
                        item.itemName(),
                        item.chrgitmLv(),
                        item.selfpayPropE4() / E4 + "." + Digits.padded(item.selfpayPropE4() % E4, 4),
                        item.pricUplmtAmtE6() / MICRO + "." + Digits.padded(item.pricUplmtAmtE6() % MICRO, 6))));
        csv(allocations(), "batch_id,psn_no,amount", text -> population.persons().stream()
                .filter(person -> person.allocationFen() > 0)
                .forEach(person -> row(text, BATCH_ID, person.psnNo(), yuan(person.allocationFen()))));
        csv(vouchers(), "ec_token,psn_no,expires", text -> population.persons().stream()
                .filter(person -> !person.ecToken().isEmpty())
                .forEach(person -> row(text, person.ecToken(), person.psnNo(), VOUCHER_EXPIRES)));
    }

    /** Makes the population again whose files stand here. */
    public Population read() throws IOException {
        final Path file = directory.resolve(SEED_FILE);
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + " is not there: name the directory that `load --keep` or `demo --keep` left");
        }
        final JsonNode json = new ObjectMapper().readTree(file.toFile());
        final PopulationSize size = new PopulationSize(
                number(json, file, "persons"), number(json, file, "institutions"),
                number(json, file, "terminals"), number(json, file, "items"));
        return Population.generate(json.required("seed").asLong(), size);
    }

    private static int number(final JsonNode json, final Path file, final String name) throws IOException {
        final JsonNode value = json.get(name);
        if (value == null || !value.canConvertToInt()) {
            throw new IOException(file + ": " + name + " is missing or no number");
        }
        return value.intValue();
    }

    private void writeSeed(final Population population) throws IOException {
        final ObjectMapper mapper = new ObjectMapper();
        final ObjectNode json = mapper.createObjectNode();
        json.put("seed", population.seed());
        json.put("persons", population.size().personCount());
        json.put("institutions", population.size().institutionCount());
        json.put("terminals", population.size().terminalCount());
        json.put("items", population.size().itemCount());
        mapper.writerWithDefaultPrettyPrinter()
                .writeValue(directory.resolve(SEED_FILE).toFile(), json);
    }

    private static String yuan(final long fen) {
        return fen / FEN_PER_YUAN + "." + Digits.padded(fen % FEN_PER_YUAN, 2);
    }

    private static void csv(final Path file, final String header, final Consumer<Rows> body) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            final Rows rows = new Rows(writer);
            rows.text.append(header).append('\n');
            body.accept(rows);
            rows.flush();
        } catch (final UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void row(final Rows rows, final String... cells) {
        for (int i = 0; i < cells.length; i++) {
            rows.text.append(i == 0 ? "" : ",").append(cells[i]);
        }
        rows.text.append('\n');
        if (rows.text.length() > FLUSH_LENGTH) {
            rows.flush();
        }
    }

    /** Text on its way to one file. */
    private static final class Rows {
        private final StringBuilder text = new StringBuilder(FLUSH_LENGTH * 2);
        private final BufferedWriter writer;

        private Rows(final BufferedWriter writer) {
            this.writer = writer;
        }

        private void flush() {
            try {
                writer.append(text);
                text.setLength(0);
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
