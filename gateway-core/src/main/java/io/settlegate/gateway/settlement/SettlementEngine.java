package io.settlegate.gateway.settlement;

import io.settlegate.gateway.benefits.NoRecording;
import io.settlegate.gateway.benefits.StepRecorder;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.DomainTag;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.PharmacySettleDecoder;
import io.settlegate.protocol.codec.RecordState;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The settlement engine: state and outcomes are a function of the commands, their sequences, and their times.
 *
 * <p>Each command is computed completely, its outcome written, and only then committed by code that cannot throw. An
 * exception while computing becomes {@link ResultCode#INTERNAL}, which binds the msgid, so that a resend is no crash loop; an
 * exception while committing is an {@link EngineCommitException} and the process must stop.
 *
 * <p>Owned by one thread, for example the engine's of the ring. Never blocks. Signatures were checked before.
 */
public final class SettlementEngine {
    /** Version of the bytes that {@link #writeSnapshot} writes; {@link #readSnapshot} reads no other. */
    public static final int SNAPSHOT_FORMAT = EngineSnapshot.FORMAT;

    private final EngineParameters parameters;
    private final EngineState state;
    private final TerminalListener listener;
    private final MsgidRule msgidRule;
    private final OutcomeWriter writer;
    private final Request request = new Request();
    private final MessageHeaderDecoder messageHeader = new MessageHeaderDecoder();
    private final TransactionTable transactions;
    private final ActApplier acts;
    /** Where the persons of a terminal's last request were insured. */
    private final BelievedRows regionsOfTerminals = new BelievedRows();
    /** What touched memory held: nobody reads it, but without it the compiler would leave the touching out. */
    @SuppressWarnings("UnusedVariable")
    private long touched;

    /** That of the request under work; null where there is none. */
    private Transaction transaction;

    public SettlementEngine(final EngineParameters parameters, final TerminalListener listener) {
        this(parameters, listener, NoRecording.INSTANCE);
    }

    /** An engine that tells the recorder each step of who pays what. */
    public SettlementEngine(
            final EngineParameters parameters, final TerminalListener listener, final StepRecorder recorder) {
        this(parameters, new EngineState(parameters), listener, recorder);
    }

    private SettlementEngine(
            final EngineParameters parameters,
            final EngineState state,
            final TerminalListener listener,
            final StepRecorder recorder) {
        this.parameters = parameters;
        this.state = state;
        this.listener = listener;
        this.msgidRule = new MsgidRule(state, parameters);
        this.writer = new OutcomeWriter(parameters.insuplcAdmdvs());
        this.transactions = transactions(recorder);
        this.acts = new ActApplier(state, parameters, listener);
    }

    /**
     * The engine that {@link #writeSnapshot} wrote: it answers every later command as that one does. The hash of its state comes
     * from the rows that were read and is for the caller to compare, with a seal's for example; before that the listener is
     * not told of the terminals, see {@link #tellTerminals}.
     *
     * @throws IOException if the channel does, or the bytes are no state of an engine with these parameters; the message says
     *     which table is not, and why.
     */
    public static SettlementEngine readSnapshot(
            final EngineParameters parameters,
            final TerminalListener listener,
            final StepRecorder recorder,
            final ReadableByteChannel source)
            throws IOException {
        return new SettlementEngine(
                parameters, new EngineSnapshot(parameters).read(new SnapshotReader(source)), listener, recorder);
    }

    /** Writes the whole state as it stands between two commands. Format: {@code docs/JOURNAL_FORMAT.md}. */
    public void writeSnapshot(final WritableByteChannel target) throws IOException {
        final SnapshotWriter writer = new SnapshotWriter(target);
        new EngineSnapshot(parameters).write(state, writer);
        writer.flush();
    }

    /** Tells the listener of every terminal as it now is: after a snapshot that is believed. */
    public void tellTerminals() {
        for (int row = 0; row < state.terminals.end(); row++) {
            TerminalRows.publish(state.terminals, row, listener);
        }
    }

    /** What this engine speaks. Presettle and settle share one computation, reversal and cancel one way to undo it. */
    private TransactionTable transactions(final StepRecorder recorder) {
        final Credentials credentials = new Credentials(state);
        final Parties parties = new Parties(state, credentials);
        final Settlement settlement = new Settlement(state, msgidRule, parties, recorder);
        final Undo undo = new Undo(state);
        final Reversals reversals = new Reversals(state, undo, writer.region());
        return new TransactionTable(
                        new SettleTransaction(state, settlement, writer),
                        new PresettleTransaction(state, settlement, writer),
                        new PersonInfoTransaction(state, writer, credentials),
                        new EntitlementCheckTransaction(state, msgidRule, parties, writer),
                        new ReversalTransaction(state, msgidRule, writer, reversals),
                        new CancelTransaction(CancelKind.PHARMACY, state, writer, undo),
                        new CancelTransaction(CancelKind.OUTPATIENT, state, writer, undo),
                        new CancelTransaction(CancelKind.STAY, state, writer, undo),
                        new QueryTransaction(state, msgidRule, writer),
                        new SignInTransaction(state, writer),
                        new SignOutTransaction(state, writer),
                        new SettlementQueryTransaction(state, msgidRule, writer),
                        new StatementTotalsTransaction(state, writer),
                        new StatementUploadTransaction(state, writer),
                        new StatementDetailsTransaction(state, writer),
                        new StatementDownloadTransaction(state, writer))
                .with(VisitTransactions.of(state, msgidRule, parties, writer, recorder));
    }

    /**
     * Says under which rules the following commands are computed and the state is hashed; of a new engine the newest. A journal's rules
     * never go back.
     *
     * @throws IllegalArgumentException if this build does not know them.
     */
    public void rules(final int version) {
        if (!EngineRules.isKnown(version)) {
            throw new IllegalArgumentException("rules version " + version + ", where this build knows "
                    + EngineRules.OLDEST + " to " + EngineRules.NEWEST);
        }
        state.rules = version;
    }

    /** The version of the rules under which the next command is computed. */
    public int rules() {
        return state.rules;
    }

    public EngineParameters parameters() {
        return parameters;
    }

    /**
     * True if {@code arrivalMs} is so far ahead of the last command that the clock must not be believed before an operator's
     * AcceptClock act: a machine that starts with a wrong date would else expire every msgid. The first command is exempt.
     */
    public boolean isClockJump(final long arrivalMs) {
        return state.lastTimeMs != 0 && arrivalMs - state.lastTimeMs > parameters.clockJumpLimitMs();
    }

    /** The time for the next command: never before the last one's, and just that while the clock is not believed. */
    public long engineTime(final long arrivalMs) {
        return isClockJump(arrivalMs) ? state.lastTimeMs : Math.max(state.lastTimeMs, arrivalMs);
    }

    /** The time of the last command applied; 0 before the first. */
    public long lastTimeMs() {
        return state.lastTimeMs;
    }

    /**
     * Applies one command: SBE header, body, and for requests and operators' acts 64 bytes of signature.
     *
     * @param sequence place in the journal, positive and rising.
     * @param timeMs   as {@link #engineTime} gave it.
     * @return length of the outcome at {@code outcomeOffset}, at most {@code Limits.MAX_FRAME_LENGTH}.
     * @throws EngineCommitException if the state may be half written.
     */
    public int apply(
            final long sequence,
            final long timeMs,
            final DirectBuffer command,
            final int offset,
            final int length,
            final MutableDirectBuffer outcome,
            final int outcomeOffset) {
        final long nowMs = Math.max(state.lastTimeMs, timeMs);
        messageHeader.wrap(command, offset);
        state.advanceTo(nowMs);
        if (messageHeader.schemaId() == ActApplier.SCHEMA_ID) {
            return acts.apply(sequence, nowMs, command, offset, length, outcome, outcomeOffset);
        }
        request.wrap(command, offset, length, sequence, nowMs);
        int outcomeLength;
        try {
            compute();
            outcomeLength = encode(outcome, outcomeOffset);
        } catch (final RuntimeException e) {
            request.code = ResultCode.INTERNAL;
            request.lineIndex = -1;
            outcomeLength = writer.refused(request, outcome, outcomeOffset);
        }
        try {
            commit();
        } catch (final RuntimeException e) {
            throw new EngineCommitException(sequence, e);
        }
        return outcomeLength;
    }

    private void compute() {
        transaction = transactions.find(request.templateId);
        request.code = admit();
        if (request.code != ResultCode.OK || isRepeat()) {
            return;
        }
        if (request.msgidRow >= 0) {
            request.code = ResultCode.REVERSED_BEFORE_ARRIVAL;
            return;
        }
        if (request.day != null && !request.day.reserve(1)) {
            request.code = ResultCode.CAPACITY;
            return;
        }
        request.code = transaction.compute(request);
    }

    /** Checks that are the same for all, in the order of {@link ResultCode}, and finds the msgid's row. */
    private ResultCode admit() {
        if (transaction == null
                || !request.hasHeader()
                || request.body + request.blockLength > request.end
                || request.blockLength < transaction.blockLength()) {
            return ResultCode.MALFORMED;
        }
        if (request.buffer.getByte(request.body) != DomainTag.TERMINAL_REQUEST.value()) {
            return ResultCode.WRONG_DOMAIN;
        }
        request.terminalRow = state.terminals.find(request.buffer, request.sn());
        if (request.terminalRow < 0) {
            return ResultCode.UNKNOWN_TERMINAL;
        }
        if (state.terminals.getByte(request.terminalRow, Rows.TERMINAL_STATUS) != 1) {
            return ResultCode.TERMINAL_DISABLED;
        }
        request.institutionRow = state.institutionOf(request.terminalRow);
        request.regionRow = regionsOfTerminals.keep(
                request.terminalRow,
                state.regions.findNear(request.buffer, request.insuplc(), regionsOfTerminals.of(request.terminalRow)));
        return transaction.msgidUse() == MsgidUse.NONE ? ResultCode.OK : admitMsgid();
    }

    private ResultCode admitMsgid() {
        final ResultCode form =
                msgidRule.check(request.buffer, request.msgid(), request.institutionRow, request.timeMs);
        if (form != ResultCode.OK) {
            return form;
        }
        final long sentAtMs = request.sentAtMs();
        if (transaction.msgidUse() == MsgidUse.BOUND_AND_FRESH
                && (sentAtMs < request.timeMs - parameters.readFreshnessMs()
                        || sentAtMs > request.timeMs + parameters.readFreshnessMs())) {
            return ResultCode.READ_STALE;
        }
        request.msgidDay = BusinessTime.dayOf(msgidRule.timeMs);
        request.day = state.msgids.table(msgidRule.timeMs);
        // The places that the rest will look at are asked for before the digest is computed, so that their way takes no
        // time.
        final int person = probablePerson();
        request.msgidHash = request.day.hashOf(request.buffer, request.msgid());
        touched += request.day.touchIndex(request.msgidHash);
        request.digest(state.hash);
        if (person >= 0) {
            touched += state.persons.touch(person);
        }
        request.probablePersonRow = person;
        request.msgidRow = request.day.find(request.buffer, request.msgid(), request.msgidHash);
        final boolean differs = hasOutcome()
                && (request.day.getLong(request.msgidRow, Rows.MSGID_DIGEST_HIGH) != request.digestHigh
                        || request.day.getLong(request.msgidRow, Rows.MSGID_DIGEST_LOW) != request.digestLow);
        return differs ? ResultCode.REPEAT_DIFFERS : ResultCode.OK;
    }

    private int probablePerson() {
        if (transaction.msgidUse() != MsgidUse.BOUND_WITH_PERSON) {
            return -1;
        }
        final FlatTable persons = state.persons;
        return persons.probable(
                persons.hashOf(request.buffer, request.body + PharmacySettleDecoder.psnNoEncodingOffset()));
    }

    /** A msgid row without an outcome is the mark of a reversal that came first. */
    private boolean hasOutcome() {
        return request.msgidRow >= 0 && request.day.getLong(request.msgidRow, Rows.MSGID_SEQUENCE) != 0;
    }

    private boolean isRepeat() {
        return request.code == ResultCode.OK && hasOutcome();
    }

    private int encode(final MutableDirectBuffer outcome, final int offset) {
        if (isRepeat()) {
            return writer.repeat(request, outcome, offset);
        }
        return request.code == ResultCode.OK
                ? transaction.encode(request, outcome, offset)
                : writer.refused(request, outcome, offset);
    }

    private void commit() {
        if (!request.code.binds() || hasOutcome()) {
            return;
        }
        if (request.day != null) {
            bind();
        }
        if (request.code == ResultCode.OK) {
            transaction.commit(request);
        }
    }

    /** Writes the msgid's row; a mark keeps its state and gets the refusal as its outcome. */
    private void bind() {
        final FlatTable day = request.day;
        if (request.msgidRow >= 0) {
            day.beginWrite(request.msgidRow);
        } else {
            request.msgidRow = day.insertHashed(request.buffer, request.msgid(), request.msgidHash);
            final RecordState recordState = request.code == ResultCode.OK ? RecordState.DONE : RecordState.REFUSED;
            day.putByte(request.msgidRow, Rows.MSGID_STATE, (byte) recordState.value());
        }
        final int row = request.msgidRow;
        day.putLong(row, Rows.MSGID_SEQUENCE, request.sequence);
        day.putShort(row, Rows.MSGID_TEMPLATE, request.templateId);
        day.putShort(row, Rows.MSGID_CODE, request.code.code());
        day.putLong(row, Rows.MSGID_DIGEST_HIGH, request.digestHigh);
        day.putLong(row, Rows.MSGID_DIGEST_LOW, request.digestLow);
        if (transaction.msgidUse().isWithPerson(state.rules)) {
            final int psnNo = request.body + PharmacySettleDecoder.psnNoEncodingOffset();
            final boolean isFound = request.personRow >= 0;
            day.putInt(row, Rows.MSGID_PERSON, isFound ? request.personRow : state.persons.find(request.buffer, psnNo));
        }
        day.endWrite(row);
    }

    /** The version of this terminal's key, or 0 where the terminal is unknown, suspended, or revoked. */
    public int terminalKeyVersion(final DirectBuffer sn, final int offset) {
        final int row = state.terminals.find(sn, offset);
        return row < 0 || state.terminals.getByte(row, Rows.TERMINAL_STATUS) != 1
                ? 0
                : state.terminals.getInt(row, Rows.TERMINAL_KEY_VERSION);
    }

    public long stateHashHigh() {
        return state.hashHigh();
    }

    public long stateHashLow() {
        return state.hashLow();
    }

    /** As {@link #stateHashHigh()}, from nothing: slow. */
    public long recomputeStateHashHigh() {
        return state.recomputeHigh();
    }

    /** As {@link #stateHashLow()}, from nothing: slow. */
    public long recomputeStateHashLow() {
        return state.recomputeLow();
    }

    /** The sum over all accounts and balances, from nothing; anything but 0 is a fault. */
    public long ledgerSumFen() {
        return state.ledgerSumFen();
    }

    public EngineCounts counts() {
        return new EngineCounts(
                state.regions.count(),
                state.institutions.count(),
                state.terminals.count(),
                state.persons.count(),
                state.items.count(),
                state.policyShelf.table().count(),
                state.ledgerAccounts.count(),
                state.batches.count(),
                state.msgids.count());
    }

    /** Memory held by persons and their indexes, off the heap, used or not. */
    public long personBytes() {
        return state.personBytes();
    }

    /** Memory held by all tables and indexes, off the heap, used or not. */
    public long tableBytes() {
        return state.tableBytes();
    }

    EngineState state() {
        return state;
    }
}
