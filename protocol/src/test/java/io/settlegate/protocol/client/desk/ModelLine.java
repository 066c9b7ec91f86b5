package io.settlegate.protocol.client.desk;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.Answer;
import io.settlegate.protocol.client.MadeAnswers;
import io.settlegate.protocol.client.MsgidLane;
import io.settlegate.protocol.client.RecordsQuery;
import io.settlegate.protocol.client.RequestSigner;
import io.settlegate.protocol.client.SignedRequest;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** A network that loses, delays, and refuses by seed, between a desk and the model. Frames under way outlive the terminal. */
final class ModelLine implements GatewayLine {
    private static final int MAX_DELAY_MS = 400;
    private static final List<ResultCode> FREE_REFUSALS = List.of(
            ResultCode.RING_FULL,
            ResultCode.JOURNAL_FULL,
            ResultCode.SESSION_FENCED,
            ResultCode.FOREIGN_TERMINAL,
            ResultCode.BAD_SIGNATURE,
            ResultCode.READ_STALE,
            ResultCode.CLOCK_HELD,
            ResultCode.CAPACITY);

    private final VirtualThread.Share network;
    private final ModelGateway gateway;
    private final RequestSigner signer;
    private MsgidLane lane;
    private final Random random;
    private double rudeness;

    ModelLine(
            final VirtualThread.Share network,
            final ModelGateway gateway,
            final RequestSigner signer,
            final MsgidLane lane,
            final Random random,
            final double rudeness) {
        this.network = network;
        this.gateway = gateway;
        this.signer = signer;
        this.lane = lane;
        this.random = random;
        this.rudeness = rudeness;
    }

    /** A terminal that starts again begins its lane by its clock, which may have fallen back. */
    void startAgain(final MsgidLane newLane) {
        lane = newLane;
    }

    /** From here on everything arrives. */
    void becomePolite() {
        rudeness = 0;
    }

    @Override
    public Optional<CompletableFuture<Answer>> trySend(final SignedRequest request) {
        if (isRude()) {
            return Optional.empty();
        }
        final CompletableFuture<Answer> answer = new CompletableFuture<>();
        if (!isRude()) {
            network.after(delay(), () -> arrive(request, answer));
        }
        if (isRude()) {
            // The client connects again and sends what it has pending a second time.
            network.after(delay(), () -> arrive(request, answer));
        }
        return Optional.of(answer);
    }

    private void arrive(final SignedRequest request, final CompletableFuture<Answer> answer) {
        final Answer given = isRude()
                ? MadeAnswers.refusal(request.msgid(), FREE_REFUSALS.get(random.nextInt(FREE_REFUSALS.size())))
                : gateway.take(request, random.nextInt(10) == 0);
        if (!isRude()) {
            network.after(delay(), () -> answer.complete(given));
        }
    }

    private boolean isRude() {
        return random.nextDouble() < rudeness;
    }

    private int delay() {
        return rudeness > 0 && random.nextInt(4) == 0 ? random.nextInt(MAX_DELAY_MS) : 1;
    }

    @Override
    public void forget(final SignedRequest request) {
        // Answers to it are passed over by the desk's own count of steps.
    }

    @Override
    public SignedRequest ask(final String omsgid) {
        return signer.query(lane.next(), omsgid);
    }

    @Override
    public SignedRequest askRecords(final String omsgid, final long afterSequence) {
        return signer.records(lane.next(), RecordsQuery.byMsgid(omsgid).after(afterSequence));
    }

    @Override
    public SignedRequest reverse(final MoneyRequest original) {
        return signer.reverse(
                lane.next(), original.insuplcAdmdvs(), original.psnNo(), original.msgid(), original.infno());
    }

    @Override
    public boolean proves(final byte[] receipt, final MoneyRequest request) {
        return request.isProvedBy(receipt);
    }
}
