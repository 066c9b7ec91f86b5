package io.settlegate.loadtest.wire;

/** A settlement as an institution uploads it before it knows more than what it sent. */
public record StatementRow(String msgid, String psnNo, long medfeeSumamtFen) {
    @Override
    public String toString() {
        return "StatementRow " + msgid;
    }
}
