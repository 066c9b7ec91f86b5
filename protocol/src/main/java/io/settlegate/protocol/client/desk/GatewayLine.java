package io.settlegate.protocol.client.desk;

import io.settlegate.protocol.client.Answer;
import io.settlegate.protocol.client.SignedRequest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What a desk needs of a terminal. Called by the desk's thread alone; futures complete on any. */
interface GatewayLine {
    /** Sends, if there is room; a request that is under way is not sent. @throws IllegalStateException if the client has ended. */
    Optional<CompletableFuture<Answer>> trySend(SignedRequest request);

    /** Waits no longer for its answer. */
    void forget(SignedRequest request);

    /** A fresh question (101). */
    SignedRequest ask(String omsgid);

    /** A fresh question for answers of record (5203), behind a record. */
    SignedRequest askRecords(String omsgid, long afterSequence);

    /** A fresh reversal (2601). */
    SignedRequest reverse(MoneyRequest original);

    /** Whether a receipt that was checked already is about this request's very bytes. */
    boolean proves(byte[] receipt, MoneyRequest request);
}
