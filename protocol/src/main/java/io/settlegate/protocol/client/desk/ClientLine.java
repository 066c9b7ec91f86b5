package io.settlegate.protocol.client.desk;

import io.settlegate.protocol.client.Answer;
import io.settlegate.protocol.client.RecordsQuery;
import io.settlegate.protocol.client.SignedRequest;
import io.settlegate.protocol.client.TerminalClient;
import io.settlegate.protocol.receipt.Receipt;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A terminal's client as a desk's line. */
record ClientLine(TerminalClient client) implements GatewayLine {
    @Override
    public Optional<CompletableFuture<Answer>> trySend(final SignedRequest request) {
        return client.trySend(request);
    }

    @Override
    public void forget(final SignedRequest request) {
        client.forget(request);
    }

    @Override
    public SignedRequest ask(final String omsgid) {
        return client.requests().query(client.nextMsgid(), omsgid);
    }

    @Override
    public SignedRequest askRecords(final String omsgid, final long afterSequence) {
        return client.requests()
                .records(client.nextMsgid(), RecordsQuery.byMsgid(omsgid).after(afterSequence));
    }

    @Override
    public SignedRequest reverse(final MoneyRequest original) {
        return client.requests()
                .reverse(
                        client.nextMsgid(),
                        original.insuplcAdmdvs(),
                        original.psnNo(),
                        original.msgid(),
                        original.infno());
    }

    @Override
    public boolean proves(final byte[] receipt, final MoneyRequest request) {
        return request.isProvedBy(Receipt.decode(receipt).commandHash());
    }
}
