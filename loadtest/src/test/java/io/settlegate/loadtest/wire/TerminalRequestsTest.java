package io.settlegate.loadtest.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.loadtest.population.Bill;
import io.settlegate.loadtest.population.BillGenerator;
import io.settlegate.loadtest.population.LineCount;
import io.settlegate.loadtest.population.Person;
import io.settlegate.loadtest.population.Population;
import io.settlegate.loadtest.population.PopulationSize;
import io.settlegate.loadtest.population.Terminal;
import io.settlegate.protocol.Limits;
import io.settlegate.protocol.codec.DomainTag;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.PharmacySettleDecoder;
import io.settlegate.protocol.crypto.BouncyCastleVerifier;
import io.settlegate.protocol.crypto.Sm2Signer;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class TerminalRequestsTest {
    private static final String MSGID = "H32030200001202611221200000060";
    private final Population population = Population.generate(5, new PopulationSize(10, 2, 2, 40));
    private final Terminal terminal = population.terminals().get(0);
    private final Person person = population.persons().get(4);
    private final TerminalRequests requests = new TerminalRequests(terminal, "GW");

    @Test
    void shouldSignEveryKindOfRequestOverHeaderAndBody() {
        final Stamp stamp = new Stamp(1, 2);
        assertSigned(requests.signIn(MSGID, new byte[32], stamp));
        assertSigned(requests.settle(MSGID, person, bill(), stamp));
        assertSigned(requests.reverse(MSGID, person, MSGID, stamp));
        assertSigned(requests.query(MSGID, MSGID, stamp));
        assertSigned(requests.personInfo(MSGID, person, stamp));
    }

    @Test
    void shouldWriteTheBillAsItIs() {
        final Bill bill = bill();
        final byte[] frame = requests.settle(MSGID, person, bill, new Stamp(77, 88));
        final PharmacySettleDecoder decoder = new PharmacySettleDecoder()
                .wrapAndApplyHeader(new UnsafeBuffer(frame), Limits.FRAME_LENGTH_LENGTH, new MessageHeaderDecoder());

        assertThat(decoder.header().domainTag()).isEqualTo(DomainTag.TERMINAL_REQUEST);
        assertThat(decoder.header().sn()).isEqualTo(terminal.sn());
        assertThat(decoder.header().gatewayId()).isEqualTo("GW");
        assertThat(decoder.header().msgid()).isEqualTo(MSGID);
        assertThat(decoder.header().insuplcAdmdvs()).isEqualTo(person.insuplcAdmdvs());
        assertThat(decoder.header().sentAtMs()).isEqualTo(77);
        assertThat(decoder.header().correlationId()).isEqualTo(88);
        assertThat(decoder.psnNo()).isEqualTo(person.psnNo());
        assertThat(decoder.medfeeSumamtFen()).isEqualTo(bill.sumFen());
        int index = 0;
        for (final PharmacySettleDecoder.DrugdetailDecoder line : decoder.drugdetail()) {
            assertThat(line.medListCodg())
                    .isEqualTo(bill.lines().get(index).item().medListCodg());
            assertThat(line.detItemFeeSumamtFen())
                    .isEqualTo(bill.lines().get(index).amountFen());
            index++;
        }
        assertThat(index).isEqualTo(3);
    }

    private Bill bill() {
        return new BillGenerator(population, LineCount.exactly(3), 5).next(terminal.institution());
    }

    private void assertSigned(final byte[] frame) {
        final int frameLength = new UnsafeBuffer(frame).getInt(0, ByteOrder.LITTLE_ENDIAN);
        assertThat(frameLength).isEqualTo(frame.length - Limits.FRAME_LENGTH_LENGTH);
        final int messageLength = frameLength - Sm2Signer.SIGNATURE_LENGTH;
        final BouncyCastleVerifier verifier = new BouncyCastleVerifier();
        assertThat(verifier.verify(terminal.key().publicKey(), frame, Limits.FRAME_LENGTH_LENGTH, messageLength))
                .isTrue();
        frame[frame.length - 70] ^= 1;
        assertThat(verifier.verify(terminal.key().publicKey(), frame, Limits.FRAME_LENGTH_LENGTH, messageLength))
                .isFalse();
    }
}
