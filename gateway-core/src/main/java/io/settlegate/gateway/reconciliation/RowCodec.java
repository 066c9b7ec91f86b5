package io.settlegate.gateway.reconciliation;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Rows as bytes in spill files, which are read by the process that wrote them and nobody else. Texts are printable ASCII of at most 255
 * characters. Stateless but for its buffer; one thread.
 */
final class RowCodec {
    private static final int MORE = 0x10;
    private static final int REFUND = 0x20;
    private static final int UNDONE = 0x40;
    private static final int BOOK = 0x0f;
    private static final int END = -1;
    private static final int BYTE = 0xff;
    private static final int LONGS = 3;

    private final byte[] text = new byte[BYTE];

    static void write(final DataOutputStream out, final Group group) throws IOException {
        Row before = null;
        for (final Book book : Book.values()) {
            final Row row = group.row(book);
            if (row != null) {
                if (before != null) {
                    write(out, before, MORE);
                }
                before = row;
            }
        }
        write(out, before, 0);
    }

    private static void write(final DataOutputStream out, final Row row, final int more) throws IOException {
        out.write(row.book().ordinal() | more | (row.isRefund() ? REFUND : 0) | (row.isUndone() ? UNDONE : 0));
        write(out, row.setlId());
        write(out, row.msgid());
        write(out, row.psnNo());
        write(out, row.mdtrtId());
        out.writeLong(row.medfeeFen());
        out.writeLong(row.fundFen());
        out.writeLong(row.acctFen());
        if (row.book() != Book.GATEWAY) {
            out.writeLong(row.line());
            return;
        }
        out.writeLong(row.sequence());
        out.writeLong(row.timeMs());
        write(out, row.insutype());
        write(out, row.clrType());
        write(out, row.office());
        write(out, row.undoesSetlId());
        write(out, row.undoesMsgid());
    }

    private static void write(final DataOutputStream out, final String value) throws IOException {
        final byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
        out.write(bytes.length);
        out.write(bytes, 0, bytes.length);
    }

    /** Null at the end. */
    Group read(final DataInputStream in) throws IOException {
        int head = in.read();
        if (head == END) {
            return null;
        }
        final Group group = Group.of(readRow(in, head));
        while ((head & MORE) != 0) {
            head = in.readUnsignedByte();
            group.put(readRow(in, head));
        }
        return group;
    }

    private Row readRow(final DataInputStream in, final int head) throws IOException {
        final Book book = Book.values()[head & BOOK];
        final String setlId = readText(in);
        final String msgid = readText(in);
        final String psnNo = readText(in);
        final String mdtrtId = readText(in);
        final long[] fen = new long[LONGS];
        for (int i = 0; i < LONGS; i++) {
            fen[i] = in.readLong();
        }
        final boolean isFile = book != Book.GATEWAY;
        final long number = in.readLong();
        return new Row(
                book,
                setlId,
                msgid,
                psnNo,
                mdtrtId,
                (head & REFUND) != 0,
                fen[0],
                fen[1],
                fen[2],
                isFile ? number : 0,
                isFile ? 0 : number,
                isFile ? 0 : in.readLong(),
                isFile ? "" : readText(in),
                isFile ? "" : readText(in),
                isFile ? "" : readText(in),
                isFile ? "" : readText(in),
                isFile ? "" : readText(in),
                (head & UNDONE) != 0);
    }

    private String readText(final DataInputStream in) throws IOException {
        final int length = in.readUnsignedByte();
        if (length == 0) {
            return "";
        }
        in.readFully(text, 0, length);
        return new String(text, 0, length, StandardCharsets.ISO_8859_1);
    }
}
