package io.settlegate.gateway.operations;

/** One fault in an import file. The value itself is not kept: it may be a name or an identity number. */
public record ImportProblem(String file, long line, String column, String reason) {
    @Override
    public String toString() {
        return file + ":" + line + " " + column + ": " + reason;
    }
}
