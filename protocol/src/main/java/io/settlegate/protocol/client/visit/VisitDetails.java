package io.settlegate.protocol.client.visit;

import java.util.List;

/**
 * What 2203 tells: kind of visit and diagnoses. It may be sent again until the visit is settled; the latest counts.
 *
 * @param medType kind of visit.
 * @param begntimeMs when the visit began.
 * @param diseCodg a chronic disease, or a disease with a quota; else empty.
 * @param diseinfo the diagnoses.
 */
public record VisitDetails(VisitKey visit, String medType, long begntimeMs, String diseCodg, List<Diagnosis> diseinfo) {
    public VisitDetails {
        diseinfo = List.copyOf(diseinfo);
    }

    @Override
    public String toString() {
        return "VisitDetails of " + visit + ", med_type " + medType;
    }
}
