package io.settlegate.loadtest.wire;

/**
 * Makes the msgids of one terminal: institution, second, and a number of the terminal's lane, each once.
 *
 * <p>When the lane's numbers of a second are used up it goes on with the next second; seconds never go back. One
 * thread at a time.
 */
public final class MsgidSource {
    private static final int SEQ_WIDTH = 10_000;

    private final String fixmedinsCode;
    private final int laneFirst;
    private final int laneCount;
    private long second;
    private String secondText;
    private int usedCount;

    public MsgidSource(final String fixmedinsCode, final int laneFirst, final int laneCount, final long firstSecond) {
        if (laneFirst < 0 || laneCount < 1 || laneFirst + laneCount > SEQ_WIDTH) {
            throw new IllegalArgumentException("lane " + laneFirst + " + " + laneCount + " is outside 0..9999");
        }
        this.fixmedinsCode = fixmedinsCode;
        this.laneFirst = laneFirst;
        this.laneCount = laneCount;
        moveTo(firstSecond);
    }

    /** The next msgid, of {@code nowSecond} or later. */
    public String next(final long nowSecond) {
        if (nowSecond > second) {
            moveTo(nowSecond);
        } else if (usedCount == laneCount) {
            moveTo(second + 1);
        }
        final int seq = laneFirst + usedCount;
        usedCount++;
        return fixmedinsCode
                + secondText
                + (char) ('0' + seq / 1000)
                + (char) ('0' + seq / 100 % 10)
                + (char) ('0' + seq / 10 % 10)
                + (char) ('0' + seq % 10);
    }

    /** The next msgid of the second it stands at, whatever the clock says. */
    public String next() {
        return next(second);
    }

    /** The second of the last msgid. */
    public long second() {
        return second;
    }

    private void moveTo(final long newSecond) {
        second = newSecond;
        secondText = BeijingTime.format(newSecond);
        usedCount = 0;
    }
}
