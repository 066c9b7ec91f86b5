package io.settlegate.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.protocol.receipt.DurabilityLevel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.CryptoException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs each benchmark once, small and without forks, so that one that no longer works is noticed. */
@Timeout(60)
class BenchmarksTest {
    private static final Pattern CLASS_NAME = Pattern.compile("io\\.settlegate\\.benchmarks\\.(\\w+Benchmark)\\b");
    private static final int PERSON_COUNT = 300;
    private static final int REQUEST_COUNT = 200;

    /** More than a second's msgids, so that time goes on. */
    private static final int BATCH_COUNT = 3;

    @ParameterizedTest
    @EnumSource
    void shouldVerifyOnEveryPath(final SignatureBenchmark.Path path) throws InterruptedException {
        final SignatureBenchmark benchmark = new SignatureBenchmark();
        benchmark.path = path;
        benchmark.keyCount = 16;
        benchmark.tablePercent = 50;
        benchmark.open();
        assertThat(benchmark.verify()).isPositive();
        benchmark.close();
    }

    @Test
    void shouldSignAndDigest() throws CryptoException {
        final SigningBenchmark benchmark = new SigningBenchmark();
        assertThat(benchmark.signRegular()).isNotEqualTo(new byte[64]);
        assertThat(benchmark.signFast()).isNotEqualTo(new byte[64]);
        assertThat(benchmark.signBouncyCastle()).hasSize(64);
        assertThat(benchmark.digest()).isNotEqualTo(new byte[64]);
    }

    @Test
    void shouldGiveTheSameDigestsEachWay() {
        final Sm3Benchmark benchmark = new Sm3Benchmark();
        benchmark.messageLength = 200;
        final byte[] library = benchmark.bouncyCastle().clone();
        assertThat(benchmark.scalar().clone()).isEqualTo(library);
        assertThat(benchmark.lanes().clone()).isEqualTo(library);
    }

    @Test
    void shouldAppendAndSeal() throws IOException {
        final JournalBenchmark benchmark = new JournalBenchmark();
        benchmark.batchSize = 16;
        benchmark.level = DurabilityLevel.BATCH;
        benchmark.open();
        assertThat(benchmark.appendAndSeal()).isNotNull();
        benchmark.close();
    }

    @Test
    void shouldDecodeTheSameEachTime() {
        final DecodeBenchmark benchmark = new DecodeBenchmark();
        benchmark.encode();
        assertThat(benchmark.decode()).isNotZero().isEqualTo(benchmark.decode());
    }

    @Test
    void shouldSettleNewRequestsOverTheEndOfASecond() throws IOException {
        final EngineApplyBenchmark benchmark = new EngineApplyBenchmark();
        benchmark.persons = PERSON_COUNT;
        benchmark.fill();
        for (int i = 0; i < BATCH_COUNT; i++) {
            benchmark.prepare();
            assertThat(benchmark.settle()).isPositive();
        }
    }

    @Test
    void shouldWriteASnapshotAndReadIt() throws IOException {
        final SnapshotBenchmark benchmark = new SnapshotBenchmark();
        benchmark.persons = PERSON_COUNT;
        benchmark.fill();
        assertThat(benchmark.write()).isPositive();
        assertThat(benchmark.read().counts().persons()).isGreaterThan(PERSON_COUNT);
        benchmark.close();
    }

    @ParameterizedTest
    @EnumSource
    void shouldSettleEveryRequestOnTheLine(final LineBenchmark.Verifier verifier) throws IOException {
        final LineBenchmark benchmark = new LineBenchmark();
        benchmark.level = DurabilityLevel.BATCH;
        benchmark.verifier = verifier;
        benchmark.personCount = PERSON_COUNT;
        benchmark.requestCount = REQUEST_COUNT;
        benchmark.sign();
        benchmark.open();
        assertThat(benchmark.settle()).isEqualTo(REQUEST_COUNT);
        benchmark.close();
        benchmark.open();
        assertThat(benchmark.settle())
                .as("a second shot with the same requests")
                .isEqualTo(REQUEST_COUNT);
        benchmark.close();
    }

    @ParameterizedTest
    @EnumSource
    void shouldAnswerThoseWhoAskAgain(final AskAgainBenchmark.Asking asking) throws IOException {
        final AskAgainBenchmark benchmark = new AskAgainBenchmark();
        benchmark.asking = asking;
        benchmark.personCount = PERSON_COUNT;
        benchmark.requestCount = REQUEST_COUNT;
        benchmark.sign();
        benchmark.settle();
        assertThat(benchmark.ask()).isEqualTo(REQUEST_COUNT);
        benchmark.close();
    }

    @Test
    void shouldEncodeAReplyForEachLeaf() throws IOException {
        final ReplyBenchmark benchmark = new ReplyBenchmark();
        benchmark.batchSize = 16;
        benchmark.seal();
        for (int i = 0; i < 2 * benchmark.batchSize; i++) {
            assertThat(benchmark.firstAnswer()).isGreaterThan(FilledJournal.OUTCOME_LENGTH);
        }
        benchmark.close();
    }

    @Test
    void shouldReadFirstAnswersAndRemakeTheirReceipts() throws IOException {
        final FirstAnswerBenchmark benchmark = new FirstAnswerBenchmark();
        benchmark.batchSize = 16;
        benchmark.recordCount = REQUEST_COUNT;
        benchmark.fill();
        for (int i = 0; i < REQUEST_COUNT; i++) {
            assertThat(benchmark.readRecord()).isEqualTo(FilledJournal.OUTCOME_LENGTH);
            assertThat(benchmark.remakeReceipt()).isPositive();
        }
        benchmark.close();
    }

    @Test
    void shouldComputeEachKindOfVisit() throws IOException {
        for (final String visit : List.of("pharmacy", "outpatient", "inpatient")) {
            final BenefitBenchmark benchmark = new BenefitBenchmark();
            benchmark.visit = visit;
            benchmark.fill();
            long sumFen = 0;
            for (int i = 0; i < REQUEST_COUNT; i++) {
                sumFen += benchmark.settle();
            }
            assertThat(sumFen).as(visit).isPositive();
        }
    }

    @Test
    void shouldAppendInEachWay() throws IOException {
        final AppendBenchmark benchmark = new AppendBenchmark();
        benchmark.batchSize = 4;
        benchmark.roundCount = 2;
        benchmark.turnLength = 3;
        benchmark.open();
        assertThat(benchmark.alternate()).isEqualTo(6);
        benchmark.close();
    }

    /** One small journal, read in each way; what a benchmark finds wrong it throws. */
    @Test
    void shouldReadReplayVerifyAndOpenAKeptJournal(@TempDir final Path directory) throws IOException {
        final String before = System.getProperty(SettledJournal.DIRECTORY);
        System.setProperty(SettledJournal.DIRECTORY, directory.toString());
        try {
            final JournalReadBenchmark read = new JournalReadBenchmark();
            read.persons = PERSON_COUNT;
            read.settlements = REQUEST_COUNT;
            read.batchSize = 16;
            read.make();
            assertThat(read.read()).isGreaterThan(REQUEST_COUNT);
            final ReplayBenchmark replay = new ReplayBenchmark();
            replay.persons = PERSON_COUNT;
            replay.settlements = REQUEST_COUNT;
            replay.batchSize = 16;
            replay.make();
            assertThat(replay.replay()).isGreaterThan(REQUEST_COUNT);
            final VerifyBenchmark verify = new VerifyBenchmark();
            verify.persons = PERSON_COUNT;
            verify.settlements = REQUEST_COUNT;
            verify.batchSize = 16;
            verify.make();
            assertThat(verify.verify()).isGreaterThan(REQUEST_COUNT);
            final RecoveryBenchmark recovery = new RecoveryBenchmark();
            recovery.persons = PERSON_COUNT;
            recovery.settlements = REQUEST_COUNT;
            recovery.batchSize = 16;
            recovery.make();
            assertThat(recovery.open()).isGreaterThanOrEqualTo(REQUEST_COUNT);
            SettlementBytes.print(List.of(64));
        } finally {
            if (before == null) {
                System.clearProperty(SettledJournal.DIRECTORY);
            } else {
                System.setProperty(SettledJournal.DIRECTORY, before);
            }
        }
    }

    @Test
    void shouldKnowEveryBenchmark() throws IOException {
        final Set<String> listed = new TreeSet<>();
        try (InputStream in = BenchmarksTest.class.getResourceAsStream("/META-INF/BenchmarkList");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.lines().map(CLASS_NAME::matcher).filter(Matcher::find).forEach(found -> listed.add(found.group(1)));
        }
        assertThat(listed)
                .as("a new benchmark needs a test here")
                .isEqualTo(new TreeSet<>(Arrays.asList(
                        "AppendBenchmark",
                        "AskAgainBenchmark",
                        "BenefitBenchmark",
                        "DecodeBenchmark",
                        "EngineApplyBenchmark",
                        "FirstAnswerBenchmark",
                        "JournalBenchmark",
                        "JournalReadBenchmark",
                        "LineBenchmark",
                        "RecordIndexBenchmark",
                        "RecoveryBenchmark",
                        "ReplayBenchmark",
                        "ReplyBenchmark",
                        "SignatureBenchmark",
                        "SigningBenchmark",
                        "Sm3Benchmark",
                        "SnapshotBenchmark",
                        "VerifyBenchmark")));
    }
}
