package io.settlegate.gateway.clearing;

/**
 * Whether the statement's sums are those that the engine keeps of these days.
 *
 * @param result of the comparison.
 * @param found in words, of the page and the program.
 */
public record EngineCheck(Result result, String found) {
    /** What came of it. */
    public enum Result {
        NOT_ASKED,
        EQUAL,
        DIFFERENT,
        /** The engine has passed these days, or never kept them. */
        NOT_KEPT
    }

    public static final EngineCheck NOT_ASKED = new EngineCheck(Result.NOT_ASKED, "未重放 not replayed; --check does it");

    public boolean isFaulty() {
        return result == Result.DIFFERENT;
    }
}
