package io.settlegate.gateway.benefits;

import io.settlegate.gateway.benefits.policy.AidCategory;
import io.settlegate.gateway.benefits.policy.HospitalLevel;
import io.settlegate.gateway.benefits.policy.OutOfArea;
import java.math.BigDecimal;
import java.util.Locale;

/** What is given, in yuan and in the words of docs/BENEFITS.md: the reference reads it as it is, the engine as a claim. */
final class Given {
    String insutype = "310";
    String psnType = "1101";
    String medType = "11";
    int age = 30;
    String aid = "none";
    boolean civilServant;
    boolean supplement;
    boolean familyDoctor;
    String level = "level1";
    String outOfArea = "local";
    String disease = "";
    boolean qualified;
    boolean byQuota;
    int stay = 1;
    BigDecimal earlierDeductible = BigDecimal.ZERO;
    BigDecimal earlierBase = BigDecimal.ZERO;
    BigDecimal ownpay = BigDecimal.ZERO;
    BigDecimal overlmt = BigDecimal.ZERO;
    BigDecimal preselfpay = BigDecimal.ZERO;
    BigDecimal inscp = BigDecimal.ZERO;
    BigDecimal essential = BigDecimal.ZERO;
    boolean accountUsed;
    BigDecimal balance = BigDecimal.ZERO;
    BigDecimal mutualAid = BigDecimal.ZERO;

    BigDecimal medfee() {
        return ownpay.add(overlmt).add(preselfpay).add(inscp);
    }

    /** A line that the reference has split. */
    void add(final ReferenceEngine.Split line, final boolean isEssential) {
        ownpay = ownpay.add(line.ownpay());
        overlmt = overlmt.add(line.overlmt());
        preselfpay = preselfpay.add(line.preselfpay());
        inscp = inscp.add(line.inscp());
        essential = isEssential ? essential.add(line.inscp()) : essential;
    }

    Claim toClaim() {
        final Claim claim = new Claim();
        claim.insutype = Integer.parseInt(insutype);
        claim.psnType = Integer.parseInt(psnType);
        claim.medType = Integer.parseInt(medType);
        claim.age = age;
        claim.aid = AidCategory.valueOf(aid.toUpperCase(Locale.ROOT));
        claim.isCivilServant = civilServant;
        claim.hasSupplement = supplement;
        claim.hasFamilyDoctor = familyDoctor;
        claim.level = HospitalLevel.valueOf(level.toUpperCase(Locale.ROOT));
        claim.outOfArea = OutOfArea.valueOf(outOfArea.toUpperCase(Locale.ROOT));
        claim.diseaseCode = disease;
        claim.isQualified = qualified;
        claim.isByQuota = byQuota;
        claim.stayNumber = stay;
        claim.earlierDeductibleFen = fen(earlierDeductible);
        claim.earlierBaseFen = fen(earlierBase);
        claim.medfeeFen = fen(medfee());
        claim.ownpayFen = fen(ownpay);
        claim.overlmtFen = fen(overlmt);
        claim.preselfpayFen = fen(preselfpay);
        claim.inscpFen = fen(inscp);
        claim.essentialInscpFen = fen(essential);
        claim.isAccountUsed = accountUsed;
        claim.balanceFen = fen(balance);
        claim.mutualAidFen = fen(mutualAid);
        return claim;
    }

    static long fen(final BigDecimal yuan) {
        return yuan.movePointRight(2).longValueExact();
    }

    @Override
    public String toString() {
        return "insutype %s psn_type %s med_type %s age %d aid %s servant %s supplement %s family doctor %s %s %s disease %s"
                        .formatted(
                                insutype,
                                psnType,
                                medType,
                                age,
                                aid,
                                civilServant,
                                supplement,
                                familyDoctor,
                                level,
                                outOfArea,
                                disease)
                + " qualified %s quota %s stay %d earlier %s %s parts %s %s %s %s essential %s account %s %s %s"
                        .formatted(
                                qualified,
                                byQuota,
                                stay,
                                earlierDeductible,
                                earlierBase,
                                ownpay,
                                overlmt,
                                preselfpay,
                                inscp,
                                essential,
                                accountUsed,
                                balance,
                                mutualAid);
    }
}
