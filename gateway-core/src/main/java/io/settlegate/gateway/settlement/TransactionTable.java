package io.settlegate.gateway.settlement;

import java.util.Arrays;

/** The transactions that this engine speaks, by the template of their request. Immutable. */
final class TransactionTable {
    private final Transaction[] transactions;
    private final int[] templateIds;

    TransactionTable(final Transaction... transactions) {
        this.transactions = transactions.clone();
        this.templateIds = new int[transactions.length];
        for (int i = 0; i < templateIds.length; i++) {
            templateIds[i] = transactions[i].templateId();
        }
    }

    /** The transaction of this template, or null. */
    Transaction find(final int templateId) {
        for (int i = 0; i < templateIds.length; i++) {
            if (templateIds[i] == templateId) {
                return transactions[i];
            }
        }
        return null;
    }

    /** These and some more. */
    TransactionTable with(final Transaction... more) {
        final Transaction[] all = Arrays.copyOf(transactions, transactions.length + more.length);
        System.arraycopy(more, 0, all, transactions.length, more.length);
        return new TransactionTable(all);
    }
}
