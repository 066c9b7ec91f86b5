package io.settlegate.benchmarks;

import io.settlegate.gateway.records.AnswerQuery;
import io.settlegate.gateway.records.AnswerSearch;
import io.settlegate.gateway.records.FollowedRecords;
import io.settlegate.gateway.records.JournalIndexing;
import io.settlegate.gateway.records.RecordIndex;
import io.settlegate.journal.JournalFollower;
import io.settlegate.journal.store.ChronicleStore;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.PharmacySettleDecoder;
import io.settlegate.protocol.codec.RequestHeaderDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How fast the index of records is made of a journal, how long it is, and how long it takes to find an answer in it. A shot is all
 * of that: the whole journal, which the page cache holds, is indexed, merged, and asked for some of its msgids.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
        value = 1,
        jvmArgsPrepend = {JvmFlags.HEAP, JvmFlags.TABLES},
        jvmArgsAppend = {
            JvmFlags.ADD_VECTORS,
            JvmFlags.OPEN_CHANNELS,
            JvmFlags.OPEN_REFLECTION,
            JvmFlags.OPEN_MISC,
            JvmFlags.EXPORT_REF,
            JvmFlags.NO_ANALYTICS,
            JvmFlags.NO_ANNOUNCER
        })
@Warmup(iterations = 1)
@Measurement(iterations = 3)
public class RecordIndexBenchmark {
    private static final int LOOKUPS = 5_000;
    private static final long SEED = 23;

    @Param("100000")
    int persons;

    @Param("500000")
    int settlements;

    @Param("256")
    int batchSize;

    private Path path;
    private final List<String> msgids = new ArrayList<>();

    @Setup
    public void make() throws IOException {
        path = SettledJournal.of(persons, settlements, batchSize);
        try (Store store = ChronicleStore.in(path);
                JournalFollower follower = JournalFollower.open(store)) {
            final FollowedRecords records = new FollowedRecords(follower);
            final SplittableRandom random = new SplittableRandom(SEED);
            final long last = follower.lastSequence();
            final MessageHeaderDecoder type = new MessageHeaderDecoder();
            while (msgids.size() < LOOKUPS) {
                final var record = records.read(last - random.nextInt(settlements));
                if (record.commandLength() < MessageHeaderDecoder.ENCODED_LENGTH
                        || type.wrap(record.buffer(), record.commandOffset()).templateId()
                                != PharmacySettleDecoder.TEMPLATE_ID) {
                    // The gateway's own, or an operator's.
                    continue;
                }
                msgids.add(new RequestHeaderDecoder()
                        .wrap(record.buffer(), record.commandOffset() + MessageHeaderDecoder.ENCODED_LENGTH)
                        .msgid());
            }
        }
    }

    @Benchmark
    public long indexAndFind() throws Exception {
        try (TemporaryDirectory directory = new TemporaryDirectory("index");
                Store store = ChronicleStore.in(path);
                JournalFollower follower = JournalFollower.open(store);
                JournalIndexing indexing = JournalIndexing.open(store, directory.path(), RecordIndex.Access.WRITE);
                RecordIndex index = indexing.index()) {
            final Stopwatch building = Stopwatch.started();
            indexing.addAll(count -> {});
            building.stop();
            final long[] found = new long[1];
            final AnswerSearch search = new AnswerSearch(index, new FollowedRecords(follower));
            final Stopwatch finding = Stopwatch.started();
            for (final String msgid : msgids) {
                search.search(AnswerQuery.byMsgid(null, msgid, -1), (record, state, undoneBy) -> {
                    found[0]++;
                    return true;
                });
            }
            finding.stop();
            if (found[0] < LOOKUPS) {
                throw new IllegalStateException("found " + found[0] + " of " + LOOKUPS);
            }
            System.out.printf(
                    "%nindexed %,d records: %,.0f records/s in %s; %d files of %,d bytes, %.1f bytes a record; "
                            + "%,.0f microseconds to find an answer by msgid, read it, and say what became of it%n",
                    indexing.addedCount(),
                    indexing.addedCount() / building.seconds(),
                    building,
                    index.runCount(),
                    index.length(),
                    (double) index.length() / indexing.addedCount(),
                    finding.seconds() / LOOKUPS * 1e6);
            return found[0];
        }
    }
}
