package io.settlegate.gateway.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.books.BookEntry;
import io.settlegate.protocol.codec.MendingAct;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.StatementDifference;
import io.settlegate.protocol.codec.StatementUploadDecoder;
import io.settlegate.protocol.codec.StatementUploadEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadComparisonTest {
    private static final String PERSON = "32030000000000000001";

    @TempDir
    private Path directory;

    private static BookEntry entry(final int number) {
        return new BookEntry(
                BookEntry.Kind.SETTLEMENT,
                number,
                number * 3_600_000L,
                "H32030200001",
                PERSON,
                "S" + number,
                "",
                "M" + number,
                "310",
                "11",
                "320302",
                1_000,
                500,
                200,
                300,
                false,
                0,
                "",
                "");
    }

    private static StatementUploadDecoder piece(final String... cells) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[10_000]);
        final StatementUploadEncoder upload =
                new StatementUploadEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        final StatementUploadEncoder.RowsEncoder rows = upload.rowsCount(cells.length / 2);
        for (int i = 0; i < cells.length; i += 2) {
            rows.next()
                    .setlId(cells[i])
                    .msgid("")
                    .psnNo(PERSON)
                    .mdtrtId("")
                    .medfeeSumamtFen(1_000)
                    .fundPaySumamtFen(Long.parseLong(cells[i + 1]))
                    .acctPayFen(200)
                    .refdSetlFlag((short) 0);
        }
        return new StatementUploadDecoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder());
    }

    @Test
    void shouldFindInAnOrderThatDependsOnTheRowsAlone() throws IOException {
        for (int turn = 0; turn < 3; turn++) {
            try (UploadComparison comparison = UploadComparison.in(directory, Refunds.IN)) {
                comparison.add(piece("S9", "500", "S3", "499"));
                comparison.add(piece("S1", "500", "S8", "500"));
                for (int number = 1; number <= 3; number++) {
                    comparison.add(entry(number));
                }
                final List<StatementFinding> found = comparison.compare();
                assertThat(found).extracting(StatementFinding::setlId).containsExactly("S9", "S8", "S2", "S3");
                assertThat(found)
                        .extracting(StatementFinding::difference)
                        .containsExactly(
                                StatementDifference.MISSING_AT_GATEWAY,
                                StatementDifference.MISSING_AT_GATEWAY,
                                StatementDifference.MISSING_AT_HOSPITAL,
                                StatementDifference.DIFFERS);
                final StatementFinding differs = found.get(3);
                assertThat(differs.fields()).as("fund_pay_sumamt").isEqualTo(1 << 3);
                assertThat(differs.act()).isEqualTo(MendingAct.CORRECT_ROW);
                assertThat(differs.msgid()).isEqualTo("M3");
                assertThat(differs.fundFen()).isEqualTo(500);
                assertThat(differs.uploadedFundFen()).isEqualTo(499);
                assertThat(found.get(0).medfeeFen()).isZero();
            }
        }
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }
}
