package io.settlegate.gateway.settlement;

/**
 * Shows the accounts of the ledger as they stand, for those who compare them with sums of their own.
 *
 * <p>Owned by the engine's thread, between two commands. Changes nothing.
 */
public final class LedgerAccounts {
    private static final int FUND_INSUTYPE = 7;

    private final EngineState state;

    /** Whose account it is. The accounts of persons are no part of the ledger's table, nor of this. */
    public enum Kind {
        /** Of an insurance in a pooling region. */
        HIFP,
        CVLSERV,
        HIFES,
        HIFMI,
        HIFOB,
        MAF,
        OTH,
        /** Accounts of family members, by insurance. */
        MULAID,
        INSTITUTION,
        CASH,
        /** Where allocations come from. */
        SOURCE
    }

    /** Hears of accounts. */
    @FunctionalInterface
    public interface Taker {
        /**
         * @param insutype of funds and of family members' accounts; else 0.
         * @param institutionRow of institutions, as {@link RegisteredParties} counts; else -1.
         * @param amountFen what the account is owed or holds; negative of a fund that has paid.
         */
        void take(Kind kind, int insutype, int institutionRow, long amountFen);
    }

    public LedgerAccounts(final SettlementEngine engine) {
        this.state = engine.state();
    }

    /** Tells all accounts that were ever posted to. */
    public void tell(final Taker taker) {
        final FlatTable accounts = state.ledgerAccounts;
        for (int row = 0; row < accounts.count(); row++) {
            final byte number = accounts.getByte(row, 0);
            final Kind kind = kind(number);
            final boolean isOfPool = kind.compareTo(Kind.INSTITUTION) < 0;
            taker.take(
                    kind,
                    isOfPool ? accounts.getShort(row, FUND_INSUTYPE) : 0,
                    kind == Kind.INSTITUTION
                            ? state.institutions.find(accounts.buffer(row), accounts.offset(row) + 1)
                            : -1,
                    accounts.getLong(row, Rows.LEDGER_AMOUNT));
        }
    }

    private static Kind kind(final byte number) {
        return switch (number) {
            case Ledger.BASIC_FUND -> Kind.HIFP;
            case Ledger.CVLSERV_FUND -> Kind.CVLSERV;
            case Ledger.HIFES_FUND -> Kind.HIFES;
            case Ledger.HIFMI_FUND -> Kind.HIFMI;
            case Ledger.HIFOB_FUND -> Kind.HIFOB;
            case Ledger.MAF_FUND -> Kind.MAF;
            case Ledger.OTH_FUND -> Kind.OTH;
            case Ledger.FAMILY_ACCOUNTS -> Kind.MULAID;
            case Ledger.INSTITUTION -> Kind.INSTITUTION;
            case Ledger.CASH -> Kind.CASH;
            default -> Kind.SOURCE;
        };
    }
}
