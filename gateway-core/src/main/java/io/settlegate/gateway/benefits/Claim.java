package io.settlegate.gateway.benefits;

import io.settlegate.gateway.benefits.policy.AidCategory;
import io.settlegate.gateway.benefits.policy.HospitalLevel;
import io.settlegate.gateway.benefits.policy.OutOfArea;

/**
 * What is to be computed: facts of the person and of the visit, the sums of the lines, the account. Filled by the caller and used
 * again for the next; the computation only reads it.
 *
 * <p>Owned by one thread.
 */
public final class Claim {
    /** Codes as numbers: 310, 1101, 11 or 140104. */
    public int insutype;

    public int psnType;
    public int medType;

    /** Whole years on the day of the policy. */
    public int age;

    public AidCategory aid = AidCategory.NONE;
    public boolean isCivilServant;

    /** Member of an enterprise's supplement. */
    public boolean hasSupplement;

    public boolean hasFamilyDoctor;

    public HospitalLevel level = HospitalLevel.UNGRADED;
    public OutOfArea outOfArea = OutOfArea.LOCAL;

    /** dise_codg; empty if there is none. */
    public CharSequence diseaseCode = "";

    /** Whether the person has the qualification for this disease on this day. */
    public boolean isQualified;

    /** psn_setlway 02. */
    public boolean isByQuota;

    /** The number of the stay in the year, from 1; 1 for visits that are no stay. */
    public int stayNumber = 1;

    /** What earlier settlements of the same visit or stay used of its deductible. */
    public long earlierDeductibleFen;

    /** The amounts after the deductible of earlier settlements of the same visit or stay. */
    public long earlierBaseFen;

    public long medfeeFen;
    public long ownpayFen;
    public long overlmtFen;
    public long preselfpayFen;
    public long inscpFen;

    /** What of the in-policy amount is of national essential drugs. */
    public long essentialInscpFen;

    public boolean isAccountUsed;
    public long balanceFen;

    /** What the family's shared account offers. */
    public long mutualAidFen;

    /** Takes the sums back to 0 for the lines of another bill. */
    public void clearLines() {
        medfeeFen = 0;
        ownpayFen = 0;
        overlmtFen = 0;
        preselfpayFen = 0;
        inscpFen = 0;
        essentialInscpFen = 0;
    }

    /** Adds a line that was split. */
    public void addLine(final LineSplit line, final EssentialDrug essentialDrug) {
        ownpayFen += line.ownpayFen;
        overlmtFen += line.overlmtFen;
        preselfpayFen += line.preselfpayFen;
        inscpFen += line.inscpFen;
        medfeeFen += line.ownpayFen + line.overlmtFen + line.preselfpayFen + line.inscpFen;
        if (essentialDrug == EssentialDrug.YES) {
            essentialInscpFen += line.inscpFen;
        }
    }
}
