package io.settlegate.gateway.benefits.policy;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Reads what {@link PolicyBytes} wrote; believes nothing it reads. One use; allocates in proportion to the bytes. */
public final class PolicyBytesReader {
    private final ByteBuffer buffer;

    private PolicyBytesReader(final ByteBuffer buffer) {
        this.buffer = buffer;
    }

    /**
     * The definition, whose faults {@link Policy#compile} tells.
     *
     * @throws IllegalArgumentException if these are no policy's bytes.
     */
    public static PolicyDefinition read(final ByteBuffer bytes) {
        final PolicyBytesReader reader = new PolicyBytesReader(bytes.duplicate());
        final PolicyDefinition policy;
        try {
            policy = reader.policy();
        } catch (final BufferUnderflowException | DateTimeException e) {
            throw new IllegalArgumentException("no policy's bytes: cut short, or no date", e);
        }
        if (reader.buffer.hasRemaining()) {
            throw new IllegalArgumentException("no policy's bytes: " + reader.buffer.remaining() + " are left over");
        }
        return policy;
    }

    private PolicyDefinition policy() {
        final byte format = buffer.get();
        if (format != PolicyBytes.FORMAT) {
            throw new IllegalArgumentException("no policy's bytes: format " + format);
        }
        return new PolicyDefinition(
                text(),
                text(),
                buffer.getInt(),
                LocalDate.ofEpochDay(buffer.getLong()),
                LocalDate.ofEpochDay(buffer.getLong()),
                new Provenance(constant(PolicyKind.class), text(), text()),
                new Switches(
                        constant(FundSum.class),
                        constant(MutualAid.class),
                        constant(CancelRule.class),
                        buffer.getInt()),
                outOfArea(),
                list(() -> new PolicyDefinition.Insurance(text(), list(this::text), list(this::text))),
                list(this::scheme),
                list(this::plan));
    }

    private Map<OutOfArea, Integer> outOfArea() {
        final Map<OutOfArea, Integer> factors = new EnumMap<>(OutOfArea.class);
        for (final OutOfArea kind : OutOfArea.values()) {
            if (kind != OutOfArea.LOCAL) {
                factors.put(kind, buffer.getInt());
            }
        }
        return factors;
    }

    private SchemeDefinition scheme() {
        return new SchemeDefinition(text(), constant(Fund.class), constant(SchemeBase.class), list(this::terms));
    }

    private SchemeDefinition.Terms terms() {
        return new SchemeDefinition.Terms(
                list(() -> constant(AidCategory.class)),
                buffer.getLong(),
                list(() -> new SchemeDefinition.Tier(buffer.getLong(), buffer.getLong(), buffer.getInt())));
    }

    private PlanDefinition plan() {
        return new PlanDefinition(
                text(),
                new PlanDefinition.Cover(text(), list(this::text), list(this::text)),
                constant(Pool.class),
                constant(AccountScope.class),
                constant(Qualification.class),
                new PlanDefinition.Deductible(
                        constant(DeductibleKind.class),
                        constant(PlanDefinition.EssentialDrugs.class),
                        byLevel(() -> list(buffer::getLong))),
                new PlanDefinition.Segments(constant(SegmentSpan.class), list(this::segment)),
                list(() -> new PlanDefinition.AgePoints(buffer.getInt(), buffer.getInt())),
                cap(),
                list(() -> new PlanDefinition.Disease(text(), cap(), buffer.getLong())),
                list(this::text),
                buffer.getInt());
    }

    private PlanDefinition.Segment segment() {
        return new PlanDefinition.Segment(buffer.getLong(), buffer.getLong(), byLevel(buffer::getInt));
    }

    private PlanDefinition.Cap cap() {
        return new PlanDefinition.Cap(buffer.getLong(), buffer.getLong());
    }

    private <T> Map<HospitalLevel, T> byLevel(final Supplier<T> value) {
        final Map<HospitalLevel, T> values = new EnumMap<>(HospitalLevel.class);
        for (final HospitalLevel level : HospitalLevel.values()) {
            values.put(level, value.get());
        }
        return values;
    }

    private String text() {
        final int length = buffer.getShort();
        if (length < 0 || length > buffer.remaining()) {
            throw new BufferUnderflowException();
        }
        final byte[] bytes = new byte[length];
        buffer.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private <E extends Enum<E>> E constant(final Class<E> type) {
        return Enum.valueOf(type, text());
    }

    private <T> List<T> list(final Supplier<T> item) {
        final int count = buffer.getShort();
        if (count < 0) {
            throw new BufferUnderflowException();
        }
        final List<T> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(item.get());
        }
        return items;
    }
}
