package io.settlegate.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.inspection.JournalPoint;
import io.settlegate.gateway.inspection.Masking;
import io.settlegate.gateway.inspection.MessageDecoder;
import io.settlegate.gateway.inspection.RecordDocument;
import io.settlegate.gateway.inspection.RecordText;
import io.settlegate.gateway.records.AnswerQuery;
import io.settlegate.gateway.records.AnswerSearch;
import io.settlegate.gateway.records.AnswersMissingException;
import io.settlegate.gateway.records.FollowedRecords;
import io.settlegate.gateway.records.JournalIndexing;
import io.settlegate.gateway.records.RecordIndex;
import io.settlegate.journal.JournalFollower;
import io.settlegate.journal.RecordView;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.codec.QueryBy;
import io.settlegate.protocol.codec.RecordState;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "find",
        mixinStandardHelpOptions = true,
        description = {
            "Finds answers of record through the index of records, and says what has become of each.",
            "",
            "By msgid or setl_id with what undid it, or settlements, cancels, and reversals of a person or an institution.",
            "Records of any age.",
            "Reads the index of the data directory, also beside a running gateway, and the journal for what is not in it yet.",
            "Exit code 0: found. 1: nothing was found."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  settlegate journal find DIR --msgid P32030200001202611221030150007",
            "  settlegate journal find DIR --person 32030000000000000007 --day 2026-11-22 --json",
            "  settlegate journal find DIR --institution H32030200001 --from 2026-11-01 --to 2026-11-30"
        })
final class JournalFindCommand implements Callable<Integer> {
    private static final int MSGID_LENGTH = 30;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataArgument data;

    @Mixin
    private JsonOption json;

    @ArgGroup(multiplicity = "1")
    private Wanted wanted;

    /** One of these. */
    private static final class Wanted {
        @Option(names = "--msgid", paramLabel = "M", description = "the first answer to a msgid, and what undid it")
        private String msgid;

        @Option(
                names = "--setl-id",
                paramLabel = "N",
                description = "the settlement or cancel that gave a setl_id, and what undid it")
        private String setlId;

        @Option(names = "--person", paramLabel = "PSN_NO", description = "settlements, cancels, reversals of a person")
        private String person;

        @Option(
                names = "--institution",
                paramLabel = "CODE",
                description = "settlements, cancels, reversals of an institution")
        private String institution;
    }

    @Option(names = "--day", paramLabel = "DAY", description = "of this day, in place of --from and --to")
    private String day;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "from this time on; a day or minute alone means its beginning (default: the first)")
    private String from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            description = "up to this time; a day or minute alone means its end (default: now)")
    private String to;

    private long foundCount;

    @Override
    public Integer call() throws IOException {
        final AnswerQuery query = query();
        try (Store store = data.openStore();
                JournalFollower follower = JournalFollower.open(store);
                JournalIndexing indexing =
                        JournalIndexing.open(store, data.directory().index(), RecordIndex.Access.READ);
                RecordIndex index = indexing.index()) {
            indexing.addAll(count -> {});
            search(query, index, follower);
        } catch (final AnswersMissingException e) {
            throw new IOException(e.getMessage(), e);
        }
        if (foundCount == 0) {
            spec.commandLine().getErr().println("settlegate: nothing was found" + hint());
        }
        return foundCount > 0 ? 0 : Settlegate.FOUND;
    }

    /** What may be otherwise than whoever asks believes. */
    private String hint() {
        if (wanted.msgid != null) {
            return ": no record has this msgid";
        }
        if (wanted.setlId != null) {
            return ": no settlement or cancel has this setl_id";
        }
        return " of this " + (wanted.person != null ? "person" : "institution")
                + (day != null || from != null || to != null ? " in that time" : "")
                + ": only settlements, cancels, and reversals that were done are looked for; `journal grep` finds refusals too";
    }

    private void search(final AnswerQuery query, final RecordIndex index, final JournalFollower follower)
            throws IOException, AnswersMissingException {
        final PrintWriter out = spec.commandLine().getOut();
        final RecordDocument document =
                new RecordDocument(follower.genesis(), MessageDecoder.Rows.COUNTED, Masking.MASKED);
        final RecordText text = new RecordText(out);
        new AnswerSearch(index, new FollowedRecords(follower)).search(query, (record, state, undoneBySequence) -> {
            foundCount++;
            print(out, document, text, record, state, undoneBySequence);
            return !out.checkError();
        });
    }

    private void print(
            final PrintWriter out,
            final RecordDocument document,
            final RecordText text,
            final RecordView record,
            final RecordState state,
            final long undoneBySequence) {
        final ObjectNode line = document.line(record);
        if (json.isWanted()) {
            line.put("state", state.name());
            if (undoneBySequence > 0) {
                line.put("undoneBySequence", undoneBySequence);
            }
            out.println(line);
            return;
        }
        text.line(line);
        if (undoneBySequence > 0) {
            out.println("    " + state + " by record " + undoneBySequence);
        }
    }

    private AnswerQuery query() {
        if (wanted.msgid != null && wanted.msgid.length() != MSGID_LENGTH) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--msgid wants all " + MSGID_LENGTH + " characters of the msgid, not " + wanted.msgid.length());
        }
        if (wanted.setlId != null && !wanted.setlId.matches("[0-9]{30}")) {
            throw new ParameterException(
                    spec.commandLine(), "a setl_id is 30 digits: region (6), date (8), sequence (16)");
        }
        final boolean isTimeGiven = day != null || from != null || to != null;
        if (wanted.msgid != null || wanted.setlId != null) {
            if (isTimeGiven) {
                throw new ParameterException(
                        spec.commandLine(), "--day, --from, and --to go with --person and --institution");
            }
            return wanted.msgid != null
                    ? AnswerQuery.byMsgid(null, wanted.msgid, -1)
                    : AnswerQuery.bySetlId(null, wanted.setlId, -1);
        }
        if (day != null && (from != null || to != null)) {
            throw new ParameterException(spec.commandLine(), "--day goes without --from and --to");
        }
        return wanted.person != null
                ? inTime(QueryBy.PERSON_TIME, wanted.person)
                : inTime(QueryBy.INSTITUTION_TIME, wanted.institution);
    }

    private AnswerQuery inTime(final QueryBy by, final String value) {
        final JournalPoint first = day == null ? time("--from", from) : time("--day", day);
        final JournalPoint last = day == null ? time("--to", to) : first;
        if (first != null && last != null && last.last() < first.first()) {
            throw new ParameterException(spec.commandLine(), "--to " + to + " is before --from " + from);
        }
        return new AnswerQuery(
                by,
                null,
                value,
                first == null ? 0 : first.first(),
                last == null ? Long.MAX_VALUE : last.last() + 1,
                -1);
    }

    private JournalPoint time(final String option, final String value) {
        final JournalPoint point = value == null ? null : PointArgument.parse(spec, option, value);
        if (point != null && point.unit() == JournalPoint.Unit.SEQUENCE) {
            throw new ParameterException(spec.commandLine(), option + " wants a time, not a sequence");
        }
        return point;
    }
}
