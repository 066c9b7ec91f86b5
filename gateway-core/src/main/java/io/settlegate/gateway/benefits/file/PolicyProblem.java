package io.settlegate.gateway.benefits.file;

/**
 * One fault of a policy file.
 *
 * @param file as it was named.
 * @param key  the place in the file, such as {@code plans[2].segments[1].from}; empty if it is the file as a whole.
 */
public record PolicyProblem(String file, long line, String key, String reason) {
    @Override
    public String toString() {
        return file + ":" + line + ": " + (key.isEmpty() ? "" : key + " ") + reason;
    }
}
