package io.settlegate.gateway.books;

import io.settlegate.protocol.codec.PharmacyCancelOutcomeDecoder;
import io.settlegate.protocol.codec.PharmacySettleOutcomeDecoder;
import io.settlegate.protocol.codec.RequestHeaderDecoder;
import io.settlegate.protocol.codec.ReversalOutcomeDecoder;

/** Makes entries of what a {@link MoneyRecord} says. One thread. */
final class EntryMaker {
    private final MoneyRecord money;

    EntryMaker(final MoneyRecord money) {
        this.money = money;
    }

    String msgid() {
        return money.request().msgid();
    }

    /** Of a settlement or a cancel its own; a reversal has none. */
    String setlId() {
        return switch (money.what()) {
            case SETTLED -> money.settlement().setlId();
            case CANCELLED -> money.cancel().setlId();
            default -> "";
        };
    }

    BookEntry settlement() {
        final RequestHeaderDecoder request = money.request();
        final String msgid = request.msgid();
        final PharmacySettleOutcomeDecoder settlement = money.settlement();
        return new BookEntry(
                BookEntry.Kind.SETTLEMENT,
                money.record().sequence(),
                money.record().timeMs(),
                MoneyRecord.institutionOf(msgid),
                settlement.psnNo(),
                settlement.setlId(),
                settlement.mdtrtId(),
                msgid,
                settlement.insutype(),
                settlement.clrType(),
                request.insuplcAdmdvs(),
                settlement.medfeeSumamtFen(),
                settlement.fundPaySumamtFen(),
                settlement.acctPayFen(),
                settlement.psnCashPayFen(),
                false,
                0,
                "",
                "");
    }

    /** Amounts as the cancel says them: negative. Visit, insurance, and clearing type are its settlement's. */
    BookEntry cancel(final BookEntry original) {
        final String msgid = msgid();
        final PharmacyCancelOutcomeDecoder cancel = money.cancel();
        return new BookEntry(
                BookEntry.Kind.REFUND,
                money.record().sequence(),
                money.record().timeMs(),
                MoneyRecord.institutionOf(msgid),
                cancel.psnNo(),
                cancel.setlId(),
                original.mdtrtId(),
                msgid,
                original.insutype(),
                original.clrType(),
                original.office(),
                cancel.medfeeSumamtFen(),
                cancel.fundPaySumamtFen(),
                cancel.acctPayFen(),
                cancel.psnCashPayFen(),
                false,
                original.sequence(),
                original.setlId(),
                original.msgid());
    }

    BookEntry reversal(final BookEntry original) {
        return original.undoing(money.record().sequence(), money.record().timeMs(), msgid());
    }

    /** Whether the sums that the reversal's record says are those of its entry. */
    boolean agreesWithReversal(final long fundFen, final long acctFen, final long cashFen) {
        final ReversalOutcomeDecoder reversal = money.reversal();
        return fundFen == reversal.fundPaySumamtFen()
                && acctFen == reversal.acctPayFen()
                && cashFen == reversal.psnCashPayFen();
    }
}
