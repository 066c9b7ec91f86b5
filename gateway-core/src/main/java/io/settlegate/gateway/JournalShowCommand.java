package io.settlegate.gateway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.inspection.MessageDecoder;
import io.settlegate.gateway.inspection.RecordDocument;
import io.settlegate.gateway.inspection.RecordSearch;
import io.settlegate.gateway.inspection.RecordText;
import io.settlegate.gateway.operations.ReadScope;
import io.settlegate.gateway.past.AsItStood;
import io.settlegate.gateway.past.PersonKey;
import io.settlegate.gateway.past.PersonText;
import io.settlegate.gateway.replay.ReplayEnd;
import io.settlegate.gateway.settlement.EngineParameters;
import io.settlegate.gateway.settlement.codec.ReadCommand;
import io.settlegate.journal.JournalFollower;
import io.settlegate.journal.store.Store;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = {
            "Whole records: request, outcome, and the receipt, made anew and checked.",
            "Operators' chunks are shown by their number of rows unless --rows is given. What names a person is masked unless",
            "--unmask is given, which leaves a record first.",
            "",
            "By sequence or setl_id the place is looked up: some megabytes are read however long the journal is. By msgid all",
            "records from one hour before the msgid's time to one horizon after it are read (see `admin init --horizon-days`):",
            "seconds for each million. It shows the request, its repeats, and what reversed, cancelled, or asked for it.",
            "",
            "By person it shows how the person stood at a moment, not records: account, what was used of each insurance in each",
            "year, entitlements, visits with their unsettled lines, and the settlements that stood, with what undid them later.",
            "The journal is replayed up to that moment from the newest snapshot before it, then read for the person's settlements.",
            "Whoever asks a gateway for a person (1101) leaves a record that says so. Reading a journal that lies in clear leaves",
            "none unless --unmask is given: who may read the data directory is for the operating system to say.",
            "Exit code 0: shown. 1: there is no such record or person, or this build computes otherwise than the journal says."
        })
final class JournalShowCommand implements Callable<Integer> {
    private static final int MSGID_LENGTH = 30;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataArgument data;

    @Mixin
    private JsonOption json;

    @Mixin
    private UnmaskOptions unmask;

    @ArgGroup(multiplicity = "1")
    private Which which;

    @Option(
            names = "--at",
            paramLabel = "TIME|SEQ",
            description = {
                "with --person or --cert: as it stood after the last record not later than this time (ISO 8601, or",
                "yyyy-MM-dd[ HH:mm[:ss]] in UTC+08:00, of which a day, minute, or second counts as a whole), or after this record",
                "(default: the last)"
            })
    private String at;

    @Mixin
    private ProgressOption progress;

    @Option(names = "--rows", description = "show each row of an operator's chunk")
    private boolean rows;

    /** One of these. */
    private static final class Which {
        @Option(names = "--sequence", required = true, paramLabel = "N", description = "by place in the journal")
        private Long sequence;

        @Option(names = "--msgid", required = true, paramLabel = "M", description = "by message number, 30 characters")
        private String msgid;

        @Option(
                names = "--setl-id",
                required = true,
                paramLabel = "S",
                description = "by settlement number: region (6), date (8), sequence (16)")
        private String setlId;

        @Option(
                names = "--person",
                required = true,
                paramLabel = "ID",
                description = "how the person of this psn_no stood, see --at")
        private String psnNo;

        @Option(
                names = "--cert",
                required = true,
                paramLabel = "TYPE:NO",
                description = "the same by certificate: psn_cert_type, a colon, certno (01 is the identity card)")
        private String certificate;

        private boolean isPerson() {
            return psnNo != null || certificate != null;
        }
    }

    @Override
    public Integer call() throws IOException {
        unmask.check();
        if (which.isPerson()) {
            return showPerson();
        }
        if (at != null) {
            throw new ParameterException(spec.commandLine(), "--at goes with --person or --cert");
        }
        try (Store store = data.openStore();
                JournalFollower follower = JournalFollower.open(store)) {
            final RecordDocument document = new RecordDocument(
                    follower.genesis(),
                    rows ? MessageDecoder.Rows.ALL : MessageDecoder.Rows.COUNTED,
                    unmask.masking(data.directory(), scope(follower)));
            final List<ObjectNode> found = find(follower, document);
            print(found);
            return found.isEmpty() ? Settlegate.FOUND : 0;
        }
    }

    private ReadScope scope(final JournalFollower follower) {
        final long last = Math.max(0, follower.lastSequence());
        final String all = rows ? " --rows" : "";
        if (which.sequence != null) {
            final String asked = "show --sequence " + which.sequence + all;
            final long sequence = Math.max(0, which.sequence);
            return new ReadScope(ReadCommand.SHOW, sequence, sequence, asked, asked);
        }
        final String asked =
                (which.setlId == null ? "show --msgid " + which.msgid : "show --setl-id " + which.setlId) + all;
        return new ReadScope(ReadCommand.SHOW, 0, last, asked, asked);
    }

    private List<ObjectNode> find(final JournalFollower follower, final RecordDocument document) {
        if (which.sequence != null) {
            return bySequence(follower, document, which.sequence);
        }
        return which.setlId != null ? bySetlId(follower, document) : byMsgid(follower, document);
    }

    private List<ObjectNode> bySequence(
            final JournalFollower follower, final RecordDocument document, final long sequence) {
        if (sequence < 0) {
            throw new ParameterException(spec.commandLine(), "a sequence is 0 or more, not " + sequence);
        }
        final long last = follower.lastSequence();
        follower.seek(sequence);
        if (sequence > last || !follower.nextBatch()) {
            complain("there is no durable record " + sequence + "; the last is " + last);
            return List.of();
        }
        return List.of(
                document.whole(follower, (int) (sequence - follower.seal().firstSequence())));
    }

    private List<ObjectNode> bySetlId(final JournalFollower follower, final RecordDocument document) {
        if (!which.setlId.matches("[0-9]{30}")) {
            throw new ParameterException(
                    spec.commandLine(), "a setl_id is 30 digits: region (6), date (8), sequence (16)");
        }
        final List<ObjectNode> found = bySequence(follower, document, Long.parseLong(which.setlId.substring(14)));
        if (!found.isEmpty()
                && !found.get(0).path("outcome").path("setlId").asText().equals(which.setlId)) {
            complain("record " + found.get(0).get("sequence").asLong() + " settled nothing under this setl_id");
            return List.of();
        }
        return found;
    }

    private List<ObjectNode> byMsgid(final JournalFollower follower, final RecordDocument document) {
        if (which.msgid.length() != MSGID_LENGTH) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--msgid wants all " + MSGID_LENGTH + " characters of the msgid, not " + which.msgid.length());
        }
        final int horizonDays =
                EngineParameters.decode(follower.genesis().engineParameters()).horizonDays();
        final List<ObjectNode> found = new ArrayList<>();
        new RecordSearch(which.msgid, horizonDays).find(follower, (at, index) -> found.add(document.whole(at, index)));
        if (found.isEmpty()) {
            complain("no durable record speaks of this msgid between an hour before its time and a horizon after it");
        }
        return found;
    }

    private int showPerson() throws IOException {
        final ReplayEnd point = ReplayEnd.of(at == null ? null : PointArgument.parse(spec, "--at", at));
        final PersonKey key = personKey();
        try (Store store = data.openStore()) {
            final AsItStood asItStood = new AsItStood(
                    store,
                    point,
                    unmask.masking(data.directory(), scope(store, key)),
                    progress.begin(spec, store, point),
                    progress.begin(spec, store, ReplayEnd.NONE));
            final Optional<ObjectNode> found = asItStood.of(key);
            if (found.isEmpty()) {
                complain(
                        asItStood.lastSequence() < 0
                                ? "no record of this journal is as early as --at " + at
                                : "no such person was registered then, after record " + asItStood.lastSequence());
                return Settlegate.FOUND;
            }
            return print(found.get());
        }
    }

    private ReadScope scope(final Store store, final PersonKey key) {
        final String moment = at == null ? "" : " --at " + at;
        final long last;
        try (JournalFollower follower = JournalFollower.open(store)) {
            last = Math.max(0, follower.lastSequence());
        }
        return new ReadScope(
                ReadCommand.SHOW, 0, last, "show " + key.asked() + moment, "show " + key.askedMasked() + moment);
    }

    private PersonKey personKey() {
        try {
            return which.psnNo != null ? PersonKey.ofNumber(which.psnNo) : PersonKey.ofCertificate(which.certificate);
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--cert " + e.getMessage(), e);
        }
    }

    private int print(final ObjectNode person) {
        if (json.isWanted()) {
            JsonOption.print(spec.commandLine().getOut(), person);
        } else {
            PersonText.print(spec.commandLine().getOut(), person);
        }
        return AsItStood.isClean(person) ? 0 : Settlegate.FOUND;
    }

    private void complain(final String why) {
        spec.commandLine().getErr().println("settlegate: " + why);
    }

    private void print(final List<ObjectNode> found) {
        final PrintWriter out = spec.commandLine().getOut();
        if (json.isWanted()) {
            final ObjectNode object = JsonNodeFactory.instance.objectNode();
            final ArrayNode records = object.putArray("records");
            found.forEach(records::add);
            JsonOption.print(out, object);
            return;
        }
        final RecordText text = new RecordText(out);
        for (int i = 0; i < found.size(); i++) {
            if (i > 0) {
                out.println();
            }
            text.whole(found.get(i));
        }
    }
}
