package io.settlegate.loadtest.population;

/** One fee line; the amount is {@code pric x cnt}, rounded half up to fen. */
public record BillLine(CatalogueItem item, long pricE6, long cntE4, long amountFen) {}
