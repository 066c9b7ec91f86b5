package io.settlegate.protocol.crypto;

import io.settlegate.protocol.crypto.sm2.Equation;
import io.settlegate.protocol.crypto.sm2.KeyTableBuilder;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Comb tables of public keys, 4 KB each, in direct memory of a fixed budget. A thread of its own builds them; nobody waits.
 *
 * <p>{@link #prepare} asks for a table when a terminal signs in, {@link #read} copies it for a verification. A key that is met
 * {@value #MISSES_BEFORE_PREPARE} times without table (evicted, or never asked for) is queued by {@code read} itself; a full
 * queue drops the wish.
 *
 * <p><b>Eviction</b> is by recency, as a clock does it: a read marks the slot, the hand passes over marked slots, unmarks them, and
 * takes the first unmarked one.
 *
 * <p><b>Safety.</b> A slot has a generation: odd while its table is written, even and new afterwards. A reader copies, and
 * looks at the generation before and after; a table that was replaced meanwhile counts as none. So a reader needs no lock, and
 * the builder need not know who reads. Only {@link #store} writes, one thread at a time.
 *
 * <p>Any thread may call. Close stops the thread; the memory goes with the object.
 */
public final class KeyTables implements AutoCloseable {
    /** Bytes of a table. */
    public static final int TABLE_BYTES = Equation.KEY_TABLE_WORDS * Long.BYTES;

    static final int MISSES_BEFORE_PREPARE = 8;

    private static final int NO_SLOT = -1;

    private static final int CHUNK_TABLES = 4096;
    private static final int QUEUE_CAPACITY = 1 << 16;
    private static final VarHandle GENERATION = MethodHandles.arrayElementVarHandle(int[].class);
    private static final VarHandle USED = MethodHandles.arrayElementVarHandle(byte[].class);

    private volatile int capacity;
    private final LongBuffer[] chunks;
    private final int[] generations;
    private final byte[] used;
    private final BlockingQueue<Sm2PublicKey> wishes;
    private final Thread thread;
    private int hand;
    private volatile int count;
    private final AtomicLong evictions = new AtomicLong();
    private volatile boolean closed;

    /**
     * Tables of at most {@code budgetBytes}; none at all, and no thread, if that is less than one. Memory is taken as tables come;
     * where the JVM's limit on direct memory ends it sooner, that is the budget.
     */
    public KeyTables(final long budgetBytes) {
        capacity = (int) Math.min(budgetBytes / TABLE_BYTES, Integer.MAX_VALUE - 8);
        chunks = new LongBuffer[(capacity + CHUNK_TABLES - 1) / CHUNK_TABLES];
        generations = new int[capacity];
        used = new byte[capacity];
        wishes = new ArrayBlockingQueue<>(capacity > 0 ? QUEUE_CAPACITY : 1);
        thread = new Thread(this::buildUntilClosed, "key-tables");
        thread.setDaemon(true);
        if (capacity > 0) {
            thread.start();
        }
    }

    /** No tables: every key is verified without. */
    public static KeyTables none() {
        return new KeyTables(0);
    }

    /** Asks for a table, if the key has none; returns at once. */
    public void prepare(final Sm2PublicKey key) {
        if (capacity > 0 && !isPrepared(key)) {
            key.missedTables = 0;
            wishes.offer(key);
        }
    }

    /** Builds the table on the caller's thread: for tests and measurements. */
    void prepareNow(final Sm2PublicKey key) {
        final long[] table = new long[Equation.KEY_TABLE_WORDS];
        new KeyTableBuilder().build(table, key.encoded, 1);
        key.ticket = store(table);
    }

    /** True if the key has a table now. */
    public boolean isPrepared(final Sm2PublicKey key) {
        final KeyTableTicket ticket = key.ticket;
        return ticket != null && ticket.owner() == this && generation(ticket.slot()) == ticket.generation();
    }

    /** Copies the key's table into {@code target}; false if there is none now. */
    boolean read(final Sm2PublicKey key, final long[] target, final int offset) {
        final KeyTableTicket ticket = key.ticket;
        if (ticket != null && ticket.owner() == this) {
            final int slot = ticket.slot();
            if (generation(slot) == ticket.generation()) {
                chunks[slot / CHUNK_TABLES].get(position(slot), target, offset, Equation.KEY_TABLE_WORDS);
                VarHandle.acquireFence();
                if (generation(slot) == ticket.generation()) {
                    USED.setOpaque(used, slot, (byte) 1);
                    return true;
                }
            }
        }
        miss(key);
        return false;
    }

    private void miss(final Sm2PublicKey key) {
        // Not exact when two threads count: a table is asked for a little earlier or later, or twice.
        final int missed = key.missedTables + 1;
        if (missed >= MISSES_BEFORE_PREPARE) {
            key.missedTables = 0;
            prepare(key);
        } else {
            key.missedTables = missed;
        }
    }

    /** Tables at hand. */
    public int count() {
        return count;
    }

    public int capacity() {
        return capacity;
    }

    /** Tables that gave way to others. */
    public long evictions() {
        return evictions.get();
    }

    private int generation(final int slot) {
        return (int) GENERATION.getAcquire(generations, slot);
    }

    private static int position(final int slot) {
        return slot % CHUNK_TABLES * Equation.KEY_TABLE_WORDS;
    }

    private void buildUntilClosed() {
        final KeyTableBuilder builder = new KeyTableBuilder();
        final long[] table = new long[Equation.KEY_TABLE_WORDS];
        try {
            while (!closed) {
                final Sm2PublicKey key = wishes.take();
                if (!isPrepared(key)) {
                    build(builder, table, key);
                }
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void build(final KeyTableBuilder builder, final long[] table, final Sm2PublicKey key) {
        try {
            builder.build(table, key.encoded, 1);
            key.ticket = store(table);
        } catch (final OutOfMemoryError e) {
            // The heap is full for the moment: this key goes on without, and the thread with the next one.
            key.ticket = null;
        }
    }

    /** @return null if there is no memory for a single table. */
    private synchronized KeyTableTicket store(final long[] table) {
        final int slot = freeSlot();
        if (slot == NO_SLOT) {
            return null;
        }
        final int generation = generation(slot) + 1;
        GENERATION.setVolatile(generations, slot, generation);
        VarHandle.fullFence();
        chunks[slot / CHUNK_TABLES].put(position(slot), table);
        GENERATION.setRelease(generations, slot, generation + 1);
        USED.setOpaque(used, slot, (byte) 1);
        return new KeyTableTicket(this, slot, generation + 1);
    }

    private int freeSlot() {
        if (count < capacity && (count % CHUNK_TABLES != 0 || hasNextChunk())) {
            final int slot = count;
            count = slot + 1;
            return slot;
        }
        if (count == 0) {
            return NO_SLOT;
        }
        while (true) {
            final int slot = hand;
            hand = hand + 1 == capacity ? 0 : hand + 1;
            if ((byte) USED.getOpaque(used, slot) == 0) {
                evictions.incrementAndGet();
                return slot;
            }
            USED.setOpaque(used, slot, (byte) 0);
        }
    }

    private boolean hasNextChunk() {
        final int tables = Math.min(CHUNK_TABLES, capacity - count);
        try {
            chunks[count / CHUNK_TABLES] = ByteBuffer.allocateDirect(tables * TABLE_BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asLongBuffer();
            return true;
        } catch (final OutOfMemoryError e) {
            // The JVM's limit on direct memory is a limit like the budget; the engine's tables draw on it too.
            capacity = count;
            return false;
        }
    }

    /** Stops building; tables that are there stay usable. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
