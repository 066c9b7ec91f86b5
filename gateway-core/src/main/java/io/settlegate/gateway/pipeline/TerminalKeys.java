package io.settlegate.gateway.pipeline;

import io.settlegate.protocol.crypto.Sm2PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The terminals' keys, published by the engine's thread, read by any. Bounded by the engine's table of terminals.
 *
 * <p>The point of a key is decoded at its terminal's first sign-in, so that a start with many terminals stays short.
 */
public final class TerminalKeys {
    private final Map<String, Entry> bySn = new ConcurrentHashMap<>();

    // ---- engine's thread ----
    private List<TerminalChange> changes = new ArrayList<>();

    /** Publishes a terminal's row; it replaces an earlier one. */
    public void publish(final String sn, final byte[] publicKey, final int version, final boolean enabled) {
        final Entry before = bySn.put(sn, new Entry(sn, publicKey.clone(), version, enabled));
        if (before != null && (before.version != version || before.enabled != enabled)) {
            changes.add(new TerminalChange(sn, version, enabled));
        }
    }

    /** Engine's thread: what became of terminals that were known, since the last call. Mostly nothing. */
    public List<TerminalChange> takeChanges() {
        if (changes.isEmpty()) {
            return List.of();
        }
        final List<TerminalChange> taken = changes;
        changes = new ArrayList<>();
        return taken;
    }

    /** The key of a terminal, or null if none is registered under this serial number, or bytes that are no key. */
    public TerminalKey find(final String sn) {
        final Entry entry = bySn.get(sn);
        try {
            return entry == null ? null : entry.key();
        } catch (final IllegalArgumentException e) {
            return null;
        }
    }

    public int count() {
        return bySn.size();
    }

    private static final class Entry {
        private final String sn;
        private final byte[] encoded;
        private final int version;
        private final boolean enabled;
        private volatile TerminalKey decoded;

        private Entry(final String sn, final byte[] encoded, final int version, final boolean enabled) {
            this.sn = sn;
            this.encoded = encoded;
            this.version = version;
            this.enabled = enabled;
        }

        private TerminalKey key() {
            TerminalKey key = decoded;
            if (key == null) {
                key = new TerminalKey(sn, Sm2PublicKey.decode(encoded), version, enabled);
                decoded = key;
            }
            return key;
        }
    }
}
