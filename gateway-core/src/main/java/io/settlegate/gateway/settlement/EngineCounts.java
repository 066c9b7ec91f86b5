package io.settlegate.gateway.settlement;

/** Rows in each table, for operators. */
public record EngineCounts(
        int regions,
        int institutions,
        int terminals,
        int persons,
        int items,
        int policyRows,
        int ledgerAccounts,
        int batches,
        int msgids) {}
