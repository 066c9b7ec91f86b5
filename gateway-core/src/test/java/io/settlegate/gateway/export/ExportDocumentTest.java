package io.settlegate.gateway.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.documents.GeneratedText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Holds docs/EXPORT.md: every column of every kind, and that a change of them is a new version. */
class ExportDocumentTest {
    /** SM3 over names and types in their order. */
    private static final String COLUMNS_OF_VERSION_1 =
            "d9e432a7eb1b57c3ee43a719ffd026d47c3a09a43acfd4f73a949a3560f72a6d";

    @Test
    void shouldListEveryColumn() throws IOException {
        for (final ExportKind kind : ExportKind.values()) {
            final StringBuilder table = new StringBuilder("| column | type | holds |\n| --- | --- | --- |\n");
            for (final Column column : kind.columns()) {
                table.append("| `")
                        .append(column.name())
                        .append("` | ")
                        .append(column.type().shown())
                        .append(" | ")
                        .append(column.meaning())
                        .append(" |\n");
            }
            GeneratedText.assertSection("EXPORT.md", kind.word(), table.toString());
        }
    }

    @Test
    void shouldRaiseTheVersionWithTheColumns() {
        assertThat(ExportManifest.VERSION).isEqualTo(1);
        final StringBuilder all = new StringBuilder();
        for (final ExportKind kind : ExportKind.values()) {
            all.append(kind.word()).append('\n');
            kind.columns().forEach(column -> all.append(column.name())
                    .append(' ')
                    .append(column.type().shown())
                    .append('\n'));
        }
        assertThat(java.util.HexFormat.of()
                        .formatHex(io.settlegate.protocol.crypto.Sm3.hash(
                                all.toString().getBytes(StandardCharsets.UTF_8))))
                .as(
                        "the columns are not those of version 1: raise ExportManifest.VERSION, say so in docs/EXPORT.md, and"
                                + " write the new hash here")
                .isEqualTo(COLUMNS_OF_VERSION_1);
    }
}
