package io.settlegate.journal;

/** Keeps every byte of what it is told, and its place and time. */
class HeardWhole extends Recorded {
    @Override
    public void onRecord(final RecordView record) {
        super.onRecord(record);
        if (record.kind() == RecordKind.COMMAND) {
            commands.set(
                    commands.size() - 1,
                    text(
                            record.sequence(),
                            record.timeMs(),
                            Fixture.command(record),
                            record.buffer().getStringWithoutLengthUtf8(record.outcomeOffset(), record.outcomeLength()),
                            record.buffer()
                                    .getStringWithoutLengthUtf8(record.internalOffset(), record.internalLength())));
        }
    }

    /** The commands alone, in order. */
    java.util.List<String> heard() {
        final java.util.List<String> heard = new java.util.ArrayList<>();
        for (int i = 0; i < kinds.size(); i++) {
            if (kinds.get(i) == RecordKind.COMMAND) {
                heard.add(commands.get(i));
            }
        }
        return heard;
    }

    /** What {@link Fixture#append} makes of a sequence and a tag. */
    static String expected(final long sequence, final String tag, final int padding) {
        return text(
                sequence,
                Fixture.TIME_MS + sequence,
                "command " + tag + " of " + sequence + " " + "x".repeat(padding),
                "outcome " + tag,
                "internal");
    }

    private static String text(
            final long sequence, final long timeMs, final String command, final String outcome, final String internal) {
        return sequence + "|" + timeMs + "|" + command + "|" + outcome + "|" + internal;
    }
}
