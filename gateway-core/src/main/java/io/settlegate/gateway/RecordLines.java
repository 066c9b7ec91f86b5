package io.settlegate.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.inspection.Masking;
import io.settlegate.gateway.inspection.MessageDecoder;
import io.settlegate.gateway.inspection.RecordDocument;
import io.settlegate.gateway.inspection.RecordText;
import io.settlegate.journal.Genesis;
import io.settlegate.journal.RecordView;
import java.io.PrintWriter;

/** Prints records a line each, for a person or for a program. One thread. */
final class RecordLines {
    /** For whom. */
    enum Form {
        TABLE,
        JSON
    }

    private final PrintWriter out;
    private final Form form;
    private final RecordDocument document;
    private final RecordText text;

    RecordLines(final PrintWriter out, final Form form, final Genesis genesis, final Masking masking) {
        this.out = out;
        this.form = form;
        this.document = new RecordDocument(genesis, MessageDecoder.Rows.COUNTED, masking);
        this.text = new RecordText(out);
    }

    void print(final RecordView record) {
        final ObjectNode line = document.line(record);
        if (form == Form.JSON) {
            out.println(line);
        } else {
            text.line(line);
        }
    }

    /** False if nobody reads any more. */
    boolean flush() {
        return !out.checkError();
    }
}
