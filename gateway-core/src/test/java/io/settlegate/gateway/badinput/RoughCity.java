package io.settlegate.gateway.badinput;

import io.settlegate.gateway.Gateway;
import io.settlegate.gateway.GatewayInProcess;
import io.settlegate.gateway.SmallCity;
import io.settlegate.gateway.pipeline.PipelineConfiguration;
import io.settlegate.protocol.client.TerminalIdentity;
import io.settlegate.protocol.crypto.Sm2PrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;

/**
 * A small city with what must be refused: suspended parties, a paused, a frozen, and a waiting person, an expired token; beside it
 * another pooling region whose policy asks for a qualification where the city's asks for none.
 */
final class RoughCity implements AutoCloseable {
    static final String SUSPENDED_PHARMACY = "P32030200009";
    static final String EXPIRED_TOKEN = "EXPIRED0000000000000000000000000000001";
    static final String GOOD_TOKEN = "GOOD00000000000000000000000000000000001";
    static final int GOOD_PERSON = 0;
    static final int OTHER_PERSON = 2;
    static final int PAUSED_PERSON = SmallCity.PERSONS;
    static final int EMPTY_PERSON = SmallCity.PERSONS + 2;
    static final String RX_ITEM = "XJ01CRA040B001010100001";
    static final int FROZEN_PERSON = SmallCity.PERSONS + 4;
    static final int WAITING_PERSON = SmallCity.PERSONS + 6;
    /** Insured in the other region. */
    static final int UNQUALIFIED_PERSON = SmallCity.PERSONS + 8;

    static final int VISITOR = 4;
    static final int SPENDER = 6;
    static final int INPATIENT = 8;
    static final int OTHER_INPATIENT = 10;
    private static final String OTHER_REGION = "320400";
    private static final SecureRandom RANDOM = new SecureRandom();

    final TerminalIdentity suspended = terminal("SN-SUSPENDED", SmallCity.PHARMACY);
    final TerminalIdentity ofSuspended = terminal("SN-OF-SUSPENDED", SUSPENDED_PHARMACY);
    final TerminalIdentity unknown = terminal("SN-NOBODY", SmallCity.PHARMACY);
    private final SmallCity city;
    private final Gateway gateway;

    private RoughCity(final Path directory) throws IOException {
        city = SmallCity.found(directory);
        final Path files = Files.createDirectories(directory.resolve("rough"));
        Files.writeString(
                files.resolve("institutions.csv"),
                "fixmedins_code,fixmedins_name,admdvs,hosp_lv,status\n" + SUSPENDED_PHARMACY + ",Closed,320302,11,0\n");
        Files.writeString(
                files.resolve("terminals.csv"),
                "sn,model,fixmedins_code,public_key,status\n" + row(suspended, 0) + row(ofSuspended, 1));
        Files.writeString(
                files.resolve("persons.csv"),
                "psn_no,psn_name,psn_cert_type,certno,insutype,psn_type,insuplc_admdvs,psn_insu_stas\n"
                        + person(PAUSED_PERSON, 2) + person(EMPTY_PERSON, 1) + person(FROZEN_PERSON, 1)
                        + person(WAITING_PERSON, 1) + person(UNQUALIFIED_PERSON, 1));
        Files.writeString(
                files.resolve("entitlements.csv"),
                "psn_no,kind,code,begndate,enddate\n" + SmallCity.psnNo(WAITING_PERSON) + ",waiting,,2020-01-01,\n");
        writeOtherRegion(files);
        Files.writeString(
                files.resolve("vouchers.csv"),
                "ec_token,psn_no,expires\n" + EXPIRED_TOKEN + ',' + SmallCity.psnNo(GOOD_PERSON)
                        + ",2026-01-01T00:00:00+08:00\n" + GOOD_TOKEN + ',' + SmallCity.psnNo(GOOD_PERSON)
                        + ",2126-01-01T00:00:00+08:00\n");
        Files.writeString(
                files.resolve("catalogue.csv"),
                "med_list_codg,item_name,chrgitm_lv,selfpay_prop,pric_uplmt_amt,bas_medn_flag,rx_flag,begndate,enddate\n"
                        + RX_ITEM + ",Item RX,01,0,0,1,1,2020-01-01,\n");
        SmallCity.run("admin", "import", "--data", city.data().toString(), "--from", files.toString());
        gateway =
                GatewayInProcess.startWithOperators(city.data(), PipelineConfiguration.forCores(2), Clock.systemUTC());
        SmallCity.run(
                "admin",
                "person",
                "freeze",
                "--data",
                city.data().toString(),
                "--psn-no",
                SmallCity.psnNo(FROZEN_PERSON));
    }

    /** The demo policy for another place, with a qualification for chronic diseases. */
    private static void writeOtherRegion(final Path files) throws IOException {
        Files.writeString(
                files.resolve("regions.csv"),
                "admdvs,poolarea,name\n" + OTHER_REGION + ',' + OTHER_REGION + ",Other\n");
        Files.writeString(
                files.resolve("policy.yaml"),
                Files.readString(Path.of("src/main/resources/demo/policy.yaml"))
                        .replace('"' + SmallCity.REGION + '"', '"' + OTHER_REGION + '"')
                        .replace("    pool: chronic\n", "    pool: chronic\n    qualification: required\n"));
    }

    /** Where a person is insured. */
    static String insuplc(final int person) {
        return person == UNQUALIFIED_PERSON ? OTHER_REGION : SmallCity.COUNTY;
    }

    static RoughCity start(final Path directory) throws IOException {
        return new RoughCity(directory);
    }

    Gateway gateway() {
        return gateway;
    }

    Path data() {
        return city.data();
    }

    /** One that is registered and active, of the pharmacy. */
    TerminalIdentity terminal(final int index) {
        return city.terminals().get(index);
    }

    /** One that is registered and active, of the hospital. */
    TerminalIdentity hospitalTerminal() {
        return city.terminals().get(SmallCity.TERMINALS_PER_INSTITUTION);
    }

    private static TerminalIdentity terminal(final String sn, final String institution) {
        return new TerminalIdentity(sn, institution, SmallCity.COUNTY, Sm2PrivateKey.generate(RANDOM));
    }

    private static String row(final TerminalIdentity terminal, final int status) {
        return terminal.sn() + ",MODEL-3," + terminal.fixmedinsCode() + ','
                + terminal.key().publicKey().toHex() + ',' + status + '\n';
    }

    private static String person(final int person, final int stas) {
        return SmallCity.psnNo(person) + ",Person" + person + ",01," + SmallCity.certno(person) + ",310,1101,"
                + insuplc(person) + ',' + stas + '\n';
    }

    @Override
    public void close() {
        gateway.close();
    }
}
