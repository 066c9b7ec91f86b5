package io.settlegate.gateway.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.protocol.crypto.BouncyCastleVerifier;
import io.settlegate.protocol.crypto.Sm2PrivateKey;
import io.settlegate.protocol.crypto.Sm3;
import io.settlegate.protocol.receipt.Seal;
import io.settlegate.protocol.receipt.proof.ConsistencyProof;
import io.settlegate.protocol.receipt.proof.Head;
import io.settlegate.protocol.receipt.proof.ProofVerdict.Step;
import io.settlegate.protocol.receipt.proof.ProofVerifier;
import io.settlegate.protocol.receipt.proof.RecordProof;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** proofs.json: heads, proofs of records, and proofs of consistency, good ones and bad ones, each with its verdict. */
final class ProofVectors {
    private static final HexFormat HEX = HexFormat.of();
    private static final String HEAD_FORM = "HEAD_FORM";
    private static final int OLD = 5;
    private static final int NEWEST = 11;
    /** In the second batch of three. */
    private static final int SEQUENCE = 9;

    private final Sm2PrivateKey key = Sm2PrivateKey.generate(new FixedRandom("settlegate proof vectors, gateway key"));
    private final SealedChain journal = new SealedChain("SG-320300", key, "one history", -1);
    private final SealedChain rewritten = new SealedChain("SG-320300", key, "one history", SEQUENCE);
    private final SealedChain foreign = new SealedChain(
            "SG-320300", Sm2PrivateKey.generate(new FixedRandom("settlegate proof vectors, other key")), "foreign", -1);
    private final SealedChain other = new SealedChain("SG-330100", key, "other gateway", -1);
    private final List<Object> heads = new ArrayList<>();
    private final List<Object> recordProofs = new ArrayList<>();
    private final List<Object> consistencyProofs = new ArrayList<>();

    private ProofVectors() {}

    static Map<String, Object> content() {
        final ProofVectors vectors = new ProofVectors();
        vectors.heads();
        vectors.recordProofs();
        vectors.consistencyProofs();
        final Map<String, Object> content = new LinkedHashMap<>();
        content.put("gatewayKey", HEX.formatHex(vectors.key.publicKey().encoded()));
        content.put("heads", vectors.heads);
        content.put("recordProofs", vectors.recordProofs);
        content.put("consistencyProofs", vectors.consistencyProofs);
        return content;
    }

    private void heads() {
        final String text = journal.head(OLD).toText();
        head("the first seal", "VALID", journal.head(0).toText());
        head("seal 5", "VALID", text);
        head("the newest", "VALID", journal.head(NEWEST).toText());
        head("signed with another key", "HEAD_SIGNATURE", foreign.head(OLD).toText());
        head("a readable number that is not the seal's", HEAD_FORM, text.replace("seal-number: 5", "seal-number: 6"));
        head("a time that is not the seal's", HEAD_FORM, text.replace("+08:00", "+00:00"));
        head("a line more", HEAD_FORM, text + "note: kept by the bureau\n");
        head("a line less", HEAD_FORM, text.replaceAll("(?m)^durability: .*\n", ""));
        head("lines that end as on other systems", HEAD_FORM, text.replace("\n", "\r\n"));
        final String digits = HEX.formatHex(journal.head(OLD).seal().bytes());
        head("hexadecimal digits in upper case", HEAD_FORM, text.replace(digits, digits.toUpperCase(Locale.ROOT)));
        head("without its last line feed", HEAD_FORM, text.substring(0, text.length() - 1));
        head("another version", HEAD_FORM, text.replace("head 1", "head 2"));
    }

    private void head(final String name, final String verdict, final String text) {
        assertThat(verdictOf(text)).as(name).isEqualTo(verdict);
        final Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", name);
        entry.put("verdict", verdict);
        entry.put("text", text);
        heads.add(entry);
    }

    private String verdictOf(final String text) {
        try {
            final Seal seal = Head.read(text).seal();
            return seal.isSignedBy(key.publicKey(), new BouncyCastleVerifier()) ? "VALID" : "HEAD_SIGNATURE";
        } catch (final IllegalArgumentException e) {
            return HEAD_FORM;
        }
    }

    private void recordProofs() {
        final int seal = journal.sealOf(SEQUENCE);
        final RecordProof good = journal.prove(SEQUENCE, NEWEST);
        for (final int head : new int[] {seal, seal + 1, OLD + 1, NEWEST}) {
            record(
                    "a record under seal " + seal + ", head " + head,
                    Step.VALID,
                    journal.prove(SEQUENCE, head).toText());
        }
        record("the first record", Step.VALID, journal.prove(0, NEWEST).toText(), journal.outcome(0), null);
        final String text = good.toText();
        record("with the head that is kept", Step.VALID, text, journal.outcome(SEQUENCE), journal.head(NEWEST));
        record("with another head than the one kept", Step.KEPT_HEAD, text, null, journal.head(OLD));
        record("with another outcome", Step.OUTCOME, text, journal.outcome(SEQUENCE + 1), null);
        record(
                "a readable line that is not the receipt's",
                Step.PROOF_FORM,
                text.replace("sequence: 9", "sequence: 8"));
        record("a consistency proof by its title", Step.PROOF_FORM, text.replace("record-proof", "consistency-proof"));
        record("a head of another key", Step.HEAD_SIGNATURE, with(good, good.path(), foreign.head(NEWEST)));
        record(
                "a receipt of another key",
                Step.RECEIPT,
                new RecordProof(foreign.prove(SEQUENCE, NEWEST).receipt(), good.outcomeHash(), good.path(), good.head())
                        .toText());
        record(
                "a hash of another outcome",
                Step.RECEIPT,
                new RecordProof(good.receipt(), new byte[Sm3.LENGTH], good.path(), good.head()).toText());
        record("a head of another gateway", Step.GATEWAY_ID, with(good, good.path(), other.head(NEWEST)));
        record("a head older than the record", Step.ORDER, with(good, good.path(), journal.head(seal - 1)));
        record("two signed seals of one number", Step.FORK, with(good, new byte[0], rewritten.head(seal)));
        record("a head of the rewritten journal", Step.SEAL_PATH, with(good, good.path(), rewritten.head(NEWEST)));
        record("no path", Step.SEAL_PATH, with(good, new byte[0], good.head()));
        record("a path under the record's own seal", Step.SEAL_PATH, with(good, good.path(), journal.head(seal)));
        final byte[] changed = good.path().clone();
        changed[changed.length - 1] ^= 1;
        record("one bit of the path", Step.SEAL_PATH, with(good, changed, good.head()));
    }

    private static String with(final RecordProof proof, final byte[] path, final Head head) {
        return new RecordProof(proof.receipt(), proof.outcomeHash(), path, head).toText();
    }

    private void record(final String name, final Step verdict, final String text) {
        record(name, verdict, text, null, null);
    }

    private void record(
            final String name, final Step verdict, final String text, final byte[] outcome, final Head kept) {
        final List<Head> keptHeads = kept == null ? List.of() : List.of(kept);
        assertThat(verifier().verify(text, keptHeads, outcome, null).step())
                .as(name)
                .isEqualTo(verdict);
        final Map<String, Object> entry = entry(name, verdict, keptHeads, text);
        entry.put("outcome", outcome == null ? null : HEX.formatHex(outcome));
        recordProofs.add(entry);
    }

    private ProofVerifier verifier() {
        return new ProofVerifier(key.publicKey(), new BouncyCastleVerifier());
    }

    private static Map<String, Object> entry(
            final String name, final Step verdict, final List<Head> keptHeads, final String text) {
        final Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", name);
        entry.put("verdict", verdict.name());
        entry.put("keptHeads", keptHeads.stream().map(Head::toText).toList());
        entry.put("text", text);
        return entry;
    }

    private void consistencyProofs() {
        for (final int[] pair :
                new int[][] {{0, 0}, {0, 1}, {0, NEWEST}, {1, 2}, {4, 8}, {3, 7}, {6, 9}, {10, NEWEST}}) {
            consistency(
                    "seals " + pair[0] + " and " + pair[1],
                    Step.VALID,
                    journal.consistency(pair[0], pair[1]),
                    journal.head(pair[0]),
                    journal.head(pair[1]));
        }
        final ConsistencyProof good = journal.consistency(OLD, NEWEST);
        consistency("other heads than the one kept", Step.KEPT_HEAD, good, journal.head(OLD + 1));
        consistency("an old head of another key", Step.OLD_HEAD_SIGNATURE, with(good, foreign.head(OLD), good.head()));
        consistency("a head of another key", Step.HEAD_SIGNATURE, with(good, good.oldHead(), foreign.head(NEWEST)));
        consistency("an old head of another gateway", Step.GATEWAY_ID, with(good, other.head(OLD), good.head()));
        consistency("the heads the other way round", Step.ORDER, with(good, good.head(), good.oldHead()));
        final int parting = journal.sealOf(SEQUENCE);
        consistency(
                "one number, two seals: the journal was rewritten",
                Step.FORK,
                new ConsistencyProof(journal.head(parting), rewritten.head(parting), new byte[0], new byte[0]));
        consistency(
                "a rewritten journal, by its own paths",
                Step.SEAL_PATH,
                with(rewritten.consistency(OLD, NEWEST), journal.head(OLD), rewritten.head(NEWEST)));
        consistency(
                "without the old seal's path",
                Step.SEAL_PATH,
                new ConsistencyProof(good.oldHead(), good.head(), new byte[0], good.rangePath()));
        consistency(
                "without the range path",
                Step.RANGE_PATH,
                new ConsistencyProof(good.oldHead(), good.head(), good.sealPath(), new byte[0]));
        final byte[] changed = good.rangePath().clone();
        changed[0] ^= 1;
        consistency(
                "one bit of the range path",
                Step.RANGE_PATH,
                new ConsistencyProof(good.oldHead(), good.head(), good.sealPath(), changed));
        consistency(
                "an old seal that names another tree head than the one it stands over",
                Step.RANGE_PATH,
                journal.lying().consistency(OLD, NEWEST));
    }

    private static ConsistencyProof with(final ConsistencyProof proof, final Head oldHead, final Head head) {
        return new ConsistencyProof(oldHead, head, proof.sealPath(), proof.rangePath());
    }

    private void consistency(
            final String name, final Step verdict, final ConsistencyProof proof, final Head... keptHeads) {
        assertThat(verifier().verify(proof.toText(), List.of(keptHeads)).step())
                .as(name)
                .isEqualTo(verdict);
        consistencyProofs.add(entry(name, verdict, List.of(keptHeads), proof.toText()));
    }
}
