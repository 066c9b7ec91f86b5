package io.settlegate.gateway.benefits;

import io.settlegate.gateway.benefits.policy.AidCategory;
import io.settlegate.gateway.benefits.policy.HospitalLevel;
import io.settlegate.gateway.benefits.policy.OutOfArea;
import java.math.BigDecimal;
import java.util.Locale;

/** What is given, in yuan and in the words of docs/BENEFITS.md: the reference reads it as it is, the engine as a claim. */
public final class Given {
    public String insutype = "310";
    public String psnType = "1101";
    public String medType = "11";
    public int age = 30;
    public String aid = "none";
    public boolean civilServant;
    public boolean supplement;
    public boolean familyDoctor;
    public String level = "level1";
    public String outOfArea = "local";
    public String disease = "";
    public boolean qualified;
    public boolean byQuota;
    public int stay = 1;
    public BigDecimal earlierDeductible = BigDecimal.ZERO;
    public BigDecimal earlierBase = BigDecimal.ZERO;
    public BigDecimal ownpay = BigDecimal.ZERO;
    public BigDecimal overlmt = BigDecimal.ZERO;
    public BigDecimal preselfpay = BigDecimal.ZERO;
    public BigDecimal inscp = BigDecimal.ZERO;
    public BigDecimal essential = BigDecimal.ZERO;
    public boolean accountUsed;
    public BigDecimal balance = BigDecimal.ZERO;
    public BigDecimal mutualAid = BigDecimal.ZERO;

    public BigDecimal medfee() {
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
