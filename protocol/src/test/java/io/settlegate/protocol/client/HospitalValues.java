package io.settlegate.protocol.client;

import io.settlegate.protocol.client.visit.Admission;
import io.settlegate.protocol.client.visit.Diagnosis;
import io.settlegate.protocol.client.visit.Discharge;
import io.settlegate.protocol.client.visit.EntitlementQuestion;
import io.settlegate.protocol.client.visit.FeeLine;
import io.settlegate.protocol.client.visit.FeeLines;
import io.settlegate.protocol.client.visit.FeeSplit;
import io.settlegate.protocol.client.visit.Flag;
import io.settlegate.protocol.client.visit.Registration;
import io.settlegate.protocol.client.visit.VisitDetails;
import io.settlegate.protocol.client.visit.VisitKey;
import io.settlegate.protocol.client.visit.VisitSettlement;
import java.util.List;

/** One of each of a hospital's requests, in which no two fields of a kind have the same value: an exchange shows. */
final class HospitalValues {
    static final VisitKey VISIT = new VisitKey("PSN-7", "320302", "3203002026112200000000000042");
    static final EntitlementQuestion QUESTION =
            new EntitlementQuestion("PSN-7", "320302", "310", "14", 1_001, "M01600");
    static final Registration REGISTRATION = new Registration(
            "PSN-7", "320302", "01", "TOKEN-1", "310", 1_002, "MZ-1", "D320302000001", "DEPT-1", "A03");
    static final List<Diagnosis> DIAGNOSES = List.of(
            new Diagnosis("1", 1, "E11.900", "DEPT-2", "D320302000002", 1_003),
            new Diagnosis("2", 2, "I10.x00", "DEPT-3", "D320302000003", 1_004));
    static final VisitDetails DETAILS = new VisitDetails(VISIT, "14", 1_005, "M01600", DIAGNOSES);
    static final FeeLines LINES = new FeeLines(
            VISIT,
            "BATCH-1",
            List.of(
                    new FeeLine("L1", "RX-1", 1_006, "XB03ACY199B002010104718", 2_500, 20_000, 12_500_000, "DR-1"),
                    new FeeLine("L2", "RX-2", 1_007, "003113000020000", 300, 10_000, 3_000_000, "DR-2")));
    static final VisitSettlement SETTLEMENT = new VisitSettlement(
            VISIT,
            "02",
            "NUMBER-1",
            "11",
            "390",
            "BATCH-2",
            new FeeSplit(2_800, 100, 200, 500, 2_000),
            "01",
            Flag.YES,
            "INV-1",
            1_008,
            Flag.NO);
    static final Admission ADMISSION = new Admission(
            "PSN-7", "320302", "03", "CARD-1", "310", "21", 1_009, "ZY-1", "D320302000004", "DEPT-4", "Q-1", DIAGNOSES);
    static final Discharge DISCHARGE = new Discharge(VISIT, 1_010, "4", "Q-2", DIAGNOSES);

    private HospitalValues() {}
}
