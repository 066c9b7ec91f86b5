package io.settlegate.gateway.benefits;

import io.settlegate.gateway.benefits.file.PolicyFile;
import io.settlegate.gateway.benefits.policy.Policy;
import java.io.IOException;

/** A policy of one plan, for 310, 1101, med_type 11, whose parts a test sets as they stand in a file. */
final class SmallPolicy {
    String fundSum = "without_account";
    String mutualAid = "apart";
    String account = "everything";
    String deductible = "{kind: annual, level1: 100, level2: 100, level3: 100, ungraded: 100}";
    String span = "visit";
    String segments = segment("0", "none", "0.7");
    String annualCap = "none";
    String rest = "";
    String schemes = " []";

    static String segment(final String from, final String to, final String ratio) {
        return "      - {from: %s, to: %s, level1: %s, level2: %s, level3: %s, ungraded: %s}\n"
                .formatted(from, to, ratio, ratio, ratio, ratio);
    }

    String yaml() {
        return """
                region: "990100"
                name: small
                version: 1
                effective_from: 2026-01-01
                effective_to: 2027-01-01
                kind: synthetic
                source: a test
                trust: none
                switches: {fund_sum: %s, mutual_aid: %s, cancel_under_later: refuse, staged_lines_expire_days: 1}
                out_of_area: {filed: 1, transfer: 0.9, emergency: 0.85, unfiled: 0}
                insurances:
                  - {insutype: "310", psn_types: ["11"], med_types: ["11"]}
                schemes:%s
                plans:
                  - name: only
                    insutype: "310"
                    psn_types: ["11"]
                    med_types: ["11"]
                    pool: outpatient
                    account: %s
                    deductible: %s
                    segments_by: %s
                    segments:
                %s    annual_cap: %s
                %s"""
                .formatted(fundSum, mutualAid, schemes, account, deductible, span, segments, annualCap, rest);
    }

    Policy compile() throws IOException {
        return Policy.compile(PolicyFile.read("small.yaml", yaml()));
    }

    static Claim claim(final long inscpFen) {
        final Claim claim = new Claim();
        claim.insutype = 310;
        claim.psnType = 1101;
        claim.medType = 11;
        claim.age = 40;
        claim.inscpFen = inscpFen;
        claim.medfeeFen = inscpFen;
        return claim;
    }
}
