package io.settlegate.gateway.operations;

import java.util.ArrayList;
import java.util.List;

/** One version of a pooling region's policy as read from its file. */
final class Policy {
    final List<Row> rows = new ArrayList<>();
    String poolarea = "";
    int version;
    long fromMs;
    long toMs;
    String source = "";
    String trust = "";

    /** Deductible, cap, and the ratios of one med_type for one kind of person. */
    static final class Row {
        final int[] ratiosE4 = new int[4];
        String insutype = "";
        String psnTypeGroup = "";
        String medType = "";
        long deductibleFen;
        long capFen;

        Row with(final Row entry) {
            insutype = entry.insutype;
            psnTypeGroup = entry.psnTypeGroup;
            deductibleFen = entry.deductibleFen;
            capFen = entry.capFen;
            return this;
        }
    }
}
