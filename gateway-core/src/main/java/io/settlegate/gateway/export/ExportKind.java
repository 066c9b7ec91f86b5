package io.settlegate.gateway.export;

import java.util.List;
import java.util.Locale;

/** What the rows of a file are. */
public enum ExportKind {
    SETTLEMENTS(new SettlementRows()),
    LINES(new LineRows()),
    OUTCOMES(new OutcomeRows()),
    ACTS(new ActRows());

    private final RowMaker maker;

    ExportKind(final RowMaker maker) {
        this.maker = maker;
    }

    RowMaker maker() {
        return maker;
    }

    List<Column> columns() {
        return maker.columns();
    }

    /** In options, the manifest, and names of files. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
