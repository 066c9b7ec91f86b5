package io.settlegate.gateway.benefits.policy;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes a definition as bytes, so that a journal can carry it: the same definition gives the same bytes. {@link PolicyBytesReader}
 * reads them.
 *
 * <pre>
 * u8 format (1) | the record's components in their order, big-endian
 *   text and names of constants: u16 length | UTF-8      lists: u16 count | items
 *   amounts, days since 1970: i64                        ratios, ages, days, version: i32
 *   maps: out of area filed, transfer, emergency, unfiled; levels 1, 2, 3, ungraded; values only
 * </pre>
 *
 * <p>One use; allocates.
 */
public final class PolicyBytes {
    /** What a policy has at most. */
    public static final int MOST_BYTES = 1 << 20;

    static final byte FORMAT = 1;

    private final ByteBuffer buffer = ByteBuffer.allocate(MOST_BYTES);

    private PolicyBytes() {}

    /** @throws IllegalArgumentException if the definition has faults or is larger than a policy can be. */
    public static byte[] of(final PolicyDefinition policy) {
        Policy.compile(policy);
        final PolicyBytes bytes = new PolicyBytes();
        try {
            bytes.put(policy);
        } catch (final BufferOverflowException e) {
            throw new IllegalArgumentException("the policy has more than " + MOST_BYTES + " bytes", e);
        }
        return Arrays.copyOf(bytes.buffer.array(), bytes.buffer.position());
    }

    private void put(final PolicyDefinition policy) {
        buffer.put(FORMAT);
        text(policy.region());
        text(policy.name());
        buffer.putInt(policy.version());
        buffer.putLong(policy.effectiveFrom().toEpochDay());
        buffer.putLong(policy.effectiveTo().toEpochDay());
        name(policy.provenance().kind());
        text(policy.provenance().source());
        text(policy.provenance().trust());
        name(policy.switches().fundSum());
        name(policy.switches().mutualAid());
        name(policy.switches().cancelRule());
        buffer.putInt(policy.switches().stagedLinesExpireDays());
        for (final OutOfArea kind : OutOfArea.values()) {
            if (kind != OutOfArea.LOCAL) {
                buffer.putInt(policy.outOfAreaE4().get(kind));
            }
        }
        list(policy.insurances(), insurance -> {
            text(insurance.insutype());
            list(insurance.psnTypes(), this::text);
            list(insurance.medTypes(), this::text);
        });
        list(policy.schemes(), this::put);
        list(policy.plans(), this::put);
    }

    private void put(final SchemeDefinition scheme) {
        text(scheme.name());
        name(scheme.fund());
        name(scheme.base());
        list(scheme.terms(), terms -> {
            list(terms.categories(), this::name);
            buffer.putLong(terms.annualCapFen());
            list(
                    terms.tiers(),
                    tier -> buffer.putLong(tier.fromFen()).putLong(tier.toFen()).putInt(tier.ratioE4()));
        });
    }

    private void put(final PlanDefinition plan) {
        text(plan.name());
        text(plan.cover().insutype());
        list(plan.cover().psnTypes(), this::text);
        list(plan.cover().medTypes(), this::text);
        name(plan.pool());
        name(plan.account());
        name(plan.qualification());
        name(plan.deductible().kind());
        name(plan.deductible().essentialDrugs());
        for (final HospitalLevel level : HospitalLevel.values()) {
            list(plan.deductible().amountsFen().get(level), buffer::putLong);
        }
        name(plan.segments().span());
        list(plan.segments().list(), segment -> {
            buffer.putLong(segment.fromFen()).putLong(segment.toFen());
            for (final HospitalLevel level : HospitalLevel.values()) {
                buffer.putInt(segment.ratiosE4().get(level));
            }
        });
        list(plan.agePoints(), points -> buffer.putInt(points.fromAge()).putInt(points.addE4()));
        put(plan.cap());
        list(plan.diseases(), disease -> {
            text(disease.code());
            put(disease.cap());
            buffer.putLong(disease.quotaFen());
        });
        list(plan.schemes(), this::text);
        buffer.putInt(plan.hospitalCeilingShareE4());
    }

    private void put(final PlanDefinition.Cap cap) {
        buffer.putLong(cap.fen()).putLong(cap.withFamilyDoctorFen());
    }

    private void text(final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > Short.MAX_VALUE) {
            throw new IllegalArgumentException("a text of the policy is too long");
        }
        buffer.putShort((short) bytes.length).put(bytes);
    }

    private void name(final Enum<?> constant) {
        text(constant.name());
    }

    private <T> void list(final List<T> list, final Consumer<T> item) {
        if (list.size() > Short.MAX_VALUE) {
            throw new IllegalArgumentException("a list of the policy is too long");
        }
        buffer.putShort((short) list.size());
        list.forEach(item);
    }
}
