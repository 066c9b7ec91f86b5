package io.settlegate.loadtest.population;

import java.util.List;

/** What one purchase or visit costs. */
public record Bill(List<BillLine> lines, long sumFen) {
    public Bill {
        lines = List.copyOf(lines);
    }
}
