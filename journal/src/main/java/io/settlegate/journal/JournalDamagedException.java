package io.settlegate.journal;

/** The journal is damaged in a way that no power cut explains. It is not opened; nothing was changed. */
public final class JournalDamagedException extends JournalException {
    private final transient Damage damage;

    public JournalDamagedException(final Damage damage) {
        super(damage.describe());
        this.damage = damage;
    }

    /** Where and what. */
    public Damage damage() {
        return damage;
    }
}
