package io.settlegate.gateway.settlement;

import io.settlegate.gateway.benefits.Claim;
import io.settlegate.gateway.benefits.Shares;
import io.settlegate.gateway.benefits.policy.AidCategory;
import io.settlegate.gateway.benefits.policy.HospitalLevel;
import io.settlegate.gateway.benefits.policy.OutOfArea;
import org.agrona.AsciiSequenceView;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The claims of settlements under a policy that computes later settlements again when an earlier one is cancelled: what the
 * settlement's own row does not say of them. The account is not among it, because it moves no accumulator.
 *
 * <pre>
 * row:  1 u8 | sequence i64 | med_type i32 | psn_type u16 | age u8 | aid u8 | level u8 | out of area u8 | facts u8, one bit each |
 *       stay u16 | deductible used earlier i64 | base earlier i64 | essential drugs i64 | dise_codg 30
 * </pre>
 *
 * <p>Owned by the engine's thread; allocates nothing. After {@link #reserve} said yes, nothing here throws.
 */
final class KeptClaims {
    static final int KEY = 9;
    static final int LENGTH = 76;

    private static final int SEQUENCE = 1;
    private static final int MED_TYPE = 9;
    private static final int PSN_TYPE = 13;
    private static final int AGE = 15;
    private static final int AID = 16;
    private static final int LEVEL = 17;
    private static final int OUT_OF_AREA = 18;
    private static final int FACTS = 19;
    private static final int STAY = 20;
    private static final int EARLIER_DEDUCTIBLE = 22;
    private static final int EARLIER_BASE = 30;
    private static final int ESSENTIAL = 38;
    private static final int DISEASE = 46;
    private static final int CIVIL_SERVANT = 1;
    private static final int SUPPLEMENT = 2;
    private static final int FAMILY_DOCTOR = 4;
    private static final int QUALIFIED = 8;
    private static final int BY_QUOTA = 16;
    private static final AidCategory[] AIDS = AidCategory.values();
    private static final HospitalLevel[] LEVELS = HospitalLevel.values();
    private static final OutOfArea[] AREAS = OutOfArea.values();

    /** dise_codg of the claim read last, padded with zero bytes. */
    final UnsafeBuffer diseaseCode = new UnsafeBuffer(new byte[PersonYears.DISEASE_CODE_LENGTH]);

    private final DayTables days;
    private final AsciiSequenceView diseaseText = new AsciiSequenceView();
    private final UnsafeBuffer key = new UnsafeBuffer(new byte[KEY]);

    KeptClaims(final DayTables days) {
        this.days = days;
    }

    boolean reserve(final long timeMs) {
        return days.table(timeMs).reserve(1);
    }

    void dropBefore(final long timeMs) {
        days.dropBefore(timeMs);
    }

    FlatTable[] tables() {
        return days.tables();
    }

    DayTables days() {
        return days;
    }

    /** Keeps the claim of a settlement of now. */
    void put(final Request request, final Claim claim, final DirectBuffer disease) {
        final FlatTable table = days.table(request.timeMs);
        final int row = table.append(request.sequence);
        table.putInt(row, MED_TYPE, claim.medType);
        table.putShort(row, PSN_TYPE, claim.psnType);
        table.putByte(row, AGE, (byte) claim.age);
        table.putByte(row, AID, (byte) claim.aid.ordinal());
        table.putByte(row, LEVEL, (byte) claim.level.ordinal());
        table.putByte(row, OUT_OF_AREA, (byte) claim.outOfArea.ordinal());
        table.putByte(row, FACTS, (byte) facts(claim));
        table.putShort(row, STAY, claim.stayNumber);
        table.putLong(row, EARLIER_DEDUCTIBLE, claim.earlierDeductibleFen);
        table.putLong(row, EARLIER_BASE, claim.earlierBaseFen);
        table.putLong(row, ESSENTIAL, claim.essentialInscpFen);
        table.putBytes(row, DISEASE, disease, 0, PersonYears.DISEASE_CODE_LENGTH);
        table.endWrite(row);
    }

    private static int facts(final Claim claim) {
        return (claim.isCivilServant ? CIVIL_SERVANT : 0)
                | (claim.hasSupplement ? SUPPLEMENT : 0)
                | (claim.hasFamilyDoctor ? FAMILY_DOCTOR : 0)
                | (claim.isQualified ? QUALIFIED : 0)
                | (claim.isByQuota ? BY_QUOTA : 0);
    }

    boolean isKept(final int businessDay, final long sequence) {
        final FlatTable table = days.find(businessDay);
        putKey(sequence);
        return table != null && table.find(key, 0) >= 0;
    }

    /** Reads the claim of a settlement that gave these shares; false if it was not kept. */
    boolean read(
            final int businessDay, final long sequence, final int insutype, final Shares shares, final Claim into) {
        final FlatTable table = days.find(businessDay);
        putKey(sequence);
        final int row = table == null ? -1 : table.find(key, 0);
        if (row < 0) {
            return false;
        }
        into.clearLines();
        into.insutype = insutype;
        into.medType = table.getInt(row, MED_TYPE);
        into.psnType = table.getShort(row, PSN_TYPE);
        into.age = table.getByte(row, AGE) & 0xFF;
        into.aid = AIDS[table.getByte(row, AID)];
        into.level = LEVELS[table.getByte(row, LEVEL)];
        into.outOfArea = AREAS[table.getByte(row, OUT_OF_AREA)];
        final int facts = table.getByte(row, FACTS);
        into.isCivilServant = (facts & CIVIL_SERVANT) != 0;
        into.hasSupplement = (facts & SUPPLEMENT) != 0;
        into.hasFamilyDoctor = (facts & FAMILY_DOCTOR) != 0;
        into.isQualified = (facts & QUALIFIED) != 0;
        into.isByQuota = (facts & BY_QUOTA) != 0;
        into.stayNumber = table.getShort(row, STAY);
        into.earlierDeductibleFen = table.getLong(row, EARLIER_DEDUCTIBLE);
        into.earlierBaseFen = table.getLong(row, EARLIER_BASE);
        into.medfeeFen = shares.medfeeSumamtFen;
        into.ownpayFen = shares.fulamtOwnpayFen;
        into.overlmtFen = shares.overlmtSelfpayFen;
        into.preselfpayFen = shares.preselfpayFen;
        into.inscpFen = shares.inscpScpFen;
        into.essentialInscpFen = table.getLong(row, ESSENTIAL);
        into.isAccountUsed = false;
        into.balanceFen = 0;
        into.mutualAidFen = 0;
        readDisease(table, row, into);
        return true;
    }

    private void readDisease(final FlatTable table, final int row, final Claim into) {
        diseaseCode.putBytes(0, table.buffer(row), table.offset(row) + DISEASE, PersonYears.DISEASE_CODE_LENGTH);
        int length = 0;
        while (length < PersonYears.DISEASE_CODE_LENGTH && diseaseCode.getByte(length) != 0) {
            length++;
        }
        into.diseaseCode = diseaseText.wrap(diseaseCode, 0, length);
    }

    private void putKey(final long sequence) {
        key.putByte(0, (byte) 1);
        key.putLong(SEQUENCE, sequence);
    }
}
