package io.settlegate.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.InpatientRequests;
import io.settlegate.protocol.client.OutpatientRequests;
import io.settlegate.protocol.client.RequestSigner;
import io.settlegate.protocol.client.Settlement;
import io.settlegate.protocol.client.SignedRequest;
import io.settlegate.protocol.client.TerminalIdentity;
import io.settlegate.protocol.client.visit.Admission;
import io.settlegate.protocol.client.visit.Diagnosis;
import io.settlegate.protocol.client.visit.Discharge;
import io.settlegate.protocol.client.visit.EntitlementQuestion;
import io.settlegate.protocol.client.visit.FeeLine;
import io.settlegate.protocol.client.visit.FeeLines;
import io.settlegate.protocol.client.visit.FeeSplit;
import io.settlegate.protocol.client.visit.Flag;
import io.settlegate.protocol.client.visit.Registration;
import io.settlegate.protocol.client.visit.VisitDetails;
import io.settlegate.protocol.client.visit.VisitKey;
import io.settlegate.protocol.client.visit.VisitSettlement;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.PharmacySettleDecoder;
import io.settlegate.protocol.crypto.Sm2PrivateKey;
import java.io.InputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class FrameFormTest {
    private static final Settlement.Line LINE =
            new Settlement.Line("1", "XB03ACY199B002010104718", 1250, 10_000, 12_500_000, "");
    private static final Settlement SETTLEMENT = new Settlement(
            "1", "320302", "02", "2", 0, "310", "41", Settlement.AccountUse.USED, "", "", List.of(LINE, LINE));
    private final RequestSigner signer = new RequestSigner(
            new TerminalIdentity("SN-1", "P32030200001", "320302", Sm2PrivateKey.generate(new SecureRandom())),
            "SG-TEST",
            Clock.systemUTC(),
            new SecureRandom());
    private final byte[] settle =
            signer.settle("P32030200001202611220900000001", SETTLEMENT).frame();

    @Test
    void shouldTakeEachKindOfRequest() {
        final String msgid = "P32030200001202611220900000001";
        assertThat(check(settle)).isEqualTo(ResultCode.OK);
        assertThat(check(signer.signIn(msgid, new byte[32], "").frame())).isEqualTo(ResultCode.OK);
        assertThat(check(signer.personInfo(msgid, "320302", "02", "1").frame())).isEqualTo(ResultCode.OK);
        assertThat(check(signer.reverse(msgid, "320302", "1", msgid, "2102").frame()))
                .isEqualTo(ResultCode.OK);
        assertThat(check(signer.query(msgid, msgid).frame())).isEqualTo(ResultCode.OK);
        assertThat(check(signer.signOut(msgid, msgid, "").frame())).isEqualTo(ResultCode.OK);
        assertThat(check(signer.presettle(msgid, SETTLEMENT).frame())).isEqualTo(ResultCode.OK);
        assertThat(check(signer.cancel(msgid, "320302", "1", "1").frame())).isEqualTo(ResultCode.OK);
    }

    @Test
    void shouldTakeEachRequestOfAHospital() {
        final String msgid = "H32030200001202611220900000001";
        final VisitKey visit = new VisitKey("1", "320302", "2");
        final Diagnosis diagnosis = new Diagnosis("1", 1, "E11.900", "3", "4", 5);
        final FeeLines lines = new FeeLines(visit, "1", List.of(new FeeLine("1", "", 2, "3", 4, 5, 6, "")));
        final VisitSettlement settlement = new VisitSettlement(
                visit, "02", "2", "11", "310", "1", FeeSplit.untold(4), "01", Flag.YES, "", 0, Flag.NO);
        final OutpatientRequests outpatient = signer.outpatient();
        final InpatientRequests inpatient = signer.inpatient();
        final List<SignedRequest> requests = List.of(
                signer.entitlement(msgid, new EntitlementQuestion("1", "320302", "310", "11", 2, "")),
                outpatient.register(msgid, new Registration("1", "320302", "02", "2", "310", 3, "4", "5", "6", "7")),
                outpatient.describe(msgid, new VisitDetails(visit, "11", 1, "", List.of(diagnosis, diagnosis))),
                outpatient.uploadLines(msgid, lines),
                outpatient.takeBackLines(msgid, visit, FeeLines.EVERY_BATCH),
                outpatient.presettle(msgid, settlement),
                outpatient.settle(msgid, settlement),
                outpatient.cancel(msgid, visit, "3"),
                outpatient.cancelRegistration(msgid, visit),
                inpatient.admit(
                        msgid,
                        new Admission("1", "320302", "02", "2", "310", "21", 3, "4", "5", "6", "", List.of(diagnosis))),
                inpatient.uploadLines(msgid, lines),
                inpatient.takeBackLines(msgid, visit, "1"),
                inpatient.presettle(msgid, settlement),
                inpatient.settle(msgid, settlement),
                inpatient.cancel(msgid, visit, "3"),
                inpatient.discharge(msgid, new Discharge(visit, 1, "1", "", List.of())),
                inpatient.cancelAdmission(msgid, visit),
                inpatient.cancelDischarge(msgid, visit));
        final Set<Integer> templates = new HashSet<>();
        for (final SignedRequest request : requests) {
            final byte[] frame = request.frame();
            final int template = templateId(frame);
            assertThat(templates.add(template)).as("%d is new", template).isTrue();
            assertThat(check(frame)).as("%d", template).isEqualTo(ResultCode.OK);
            for (int change = 1; change <= 8; change++) {
                assertThat(check(Arrays.copyOf(frame, frame.length + change))).isEqualTo(ResultCode.MALFORMED);
                assertThat(check(Arrays.copyOf(frame, frame.length - change))).isEqualTo(ResultCode.MALFORMED);
            }
        }
    }

    /** Which messages are requests, how long their blocks are, and whether a group follows, as the schema file says. */
    @Test
    void shouldKnowEachRequestOfTheSchema() throws Exception {
        final Set<RequestForm> found = EnumSet.noneOf(RequestForm.class);
        try (InputStream schema = FrameFormTest.class.getResourceAsStream("/settlegate-protocol.xml")) {
            final NodeList messages = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(schema)
                    .getElementsByTagName("sbe:message");
            for (int i = 0; i < messages.getLength(); i++) {
                final Element message = (Element) messages.item(i);
                final Element first =
                        (Element) message.getElementsByTagName("field").item(0);
                final RequestForm form = RequestForm.of(Integer.parseInt(message.getAttribute("id")));
                if (first.getAttribute("type").equals("RequestHeader")) {
                    assertThat(form).as(message.getAttribute("name")).isNotNull();
                    found.add(form);
                    assertForm(form, message);
                } else {
                    assertThat(form).as(message.getAttribute("name")).isNull();
                }
            }
        }
        assertThat(found).containsExactly(RequestForm.values());
        for (final int template : new int[] {0, 2403, 9999, 10_000, 0xffff}) {
            assertThat(RequestForm.of(template)).as("%d", template).isNull();
        }
    }

    private static void assertForm(final RequestForm form, final Element message) throws Exception {
        final Class<?> decoder =
                Class.forName("io.settlegate.protocol.codec." + message.getAttribute("name") + "Decoder");
        assertThat(form.blockLength())
                .as(message.getAttribute("name"))
                .isEqualTo(decoder.getField("BLOCK_LENGTH").getInt(null));
        final NodeList groups = message.getElementsByTagName("group");
        assertThat(form.hasGroup()).as(message.getAttribute("name")).isEqualTo(groups.getLength() > 0);
        if (form.hasGroup()) {
            final String name = ((Element) groups.item(0)).getAttribute("name");
            final Class<?> entry = Class.forName(
                    decoder.getName() + '$' + Character.toUpperCase(name.charAt(0)) + name.substring(1) + "Decoder");
            assertThat(form.entryLength())
                    .isEqualTo(entry.getMethod("sbeBlockLength").invoke(null));
        }
    }

    /** Where the disk is nearly full, only what reads goes on. */
    @Test
    void shouldAskNoRoomForReadsAlone() {
        final Set<RequestForm> reads = EnumSet.of(
                RequestForm.SIGN_IN,
                RequestForm.SIGN_OUT,
                RequestForm.PERSON_INFO,
                RequestForm.QUERY_BY_MSGID,
                RequestForm.ENTITLEMENT_CHECK,
                RequestForm.SETTLEMENT_QUERY,
                RequestForm.STATEMENT_TOTALS,
                RequestForm.STATEMENT_DOWNLOAD);
        for (final RequestForm form : RequestForm.values()) {
            assertThat(form.need() == RequestForm.Need.READ).as(form.name()).isEqualTo(reads.contains(form));
        }
    }

    @Test
    void shouldRefuseEveryTruncationAndExtension() {
        for (int length = FrameForm.MIN_REQUEST_LENGTH; length < settle.length + 200; length++) {
            if (length != settle.length) {
                assertThat(check(Arrays.copyOf(settle, length)))
                        .as("length %d", length)
                        .isEqualTo(ResultCode.MALFORMED);
            }
        }
    }

    @Test
    void shouldNameWhatIsWrongWithTheHeader() {
        assertThat(check(with(MessageHeaderDecoder.schemaIdEncodingOffset(), 9)))
                .isEqualTo(ResultCode.MALFORMED);
        assertThat(check(with(MessageHeaderDecoder.versionEncodingOffset(), 9)))
                .isEqualTo(ResultCode.UNSUPPORTED_VERSION);
        assertThat(check(with(MessageHeaderDecoder.templateIdEncodingOffset(), 9)))
                .isEqualTo(ResultCode.UNSUPPORTED_TRANSACTION);
        assertThat(check(with(MessageHeaderDecoder.blockLengthEncodingOffset(), 9)))
                .isEqualTo(ResultCode.MALFORMED);
        assertThat(check(with(FrameForm.HEADER_OFFSET, 2))).isEqualTo(ResultCode.WRONG_DOMAIN);
        assertThat(check(with(FrameForm.HEADER_OFFSET, 3))).isEqualTo(ResultCode.WRONG_DOMAIN);
    }

    @Test
    void shouldNotBelieveTheGroupsOwnLengths() {
        final int group = FrameForm.HEADER_OFFSET + PharmacySettleDecoder.BLOCK_LENGTH;
        for (int value = 0; value < 256; value++) {
            if (value != (settle[group] & 0xff)) {
                assertThat(check(with(group, value)))
                        .as("entry length %d", value)
                        .isEqualTo(ResultCode.MALFORMED);
            }
            if (value != 2) {
                assertThat(check(with(group + 2, value)))
                        .as("entries %d", value)
                        .isEqualTo(ResultCode.MALFORMED);
                assertThat(check(with(group + 3, Math.max(1, value))))
                        .as("many entries")
                        .isEqualTo(ResultCode.MALFORMED);
            }
        }
    }

    private byte[] with(final int offset, final int value) {
        final byte[] changed = settle.clone();
        changed[offset] = (byte) value;
        return changed;
    }

    private static int templateId(final byte[] frame) {
        return new MessageHeaderDecoder().wrap(new UnsafeBuffer(frame), 0).templateId();
    }

    private static ResultCode check(final byte[] frame) {
        final ByteBuf buffer = Unpooled.wrappedBuffer(frame);
        try {
            return FrameForm.check(buffer);
        } finally {
            buffer.release();
        }
    }
}
