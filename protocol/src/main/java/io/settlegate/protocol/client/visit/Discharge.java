package io.settlegate.protocol.client.visit;

import java.util.List;

/**
 * What 2402 tells: the stay has ended, and what is left of it may be settled.
 *
 * @param endtimeMs when it ended.
 * @param dscgWay 1 on advice, 2 transfer, 3 to the community, 4 against advice, 5 death, 9 other.
 * @param diseCodg a disease with a quota; empty leaves that of the admission.
 * @param diseinfo the diagnoses at the end.
 */
public record Discharge(VisitKey visit, long endtimeMs, String dscgWay, String diseCodg, List<Diagnosis> diseinfo) {
    public Discharge {
        diseinfo = List.copyOf(diseinfo);
    }

    @Override
    public String toString() {
        return "Discharge from " + visit;
    }
}
