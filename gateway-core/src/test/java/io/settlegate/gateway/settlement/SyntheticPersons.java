package io.settlegate.gateway.settlement;

import io.settlegate.gateway.settlement.codec.PersonChunkDecoder.RowsDecoder;
import org.agrona.concurrent.UnsafeBuffer;

/** Persons put straight into a state, each with a certificate and a card, as an import's merge does it. */
final class SyntheticPersons {
    private final EngineState state;
    private final UnsafeBuffer wire = new UnsafeBuffer(new byte[RowsDecoder.sbeBlockLength()]);

    SyntheticPersons(final EngineState state) {
        this.state = state;
        Fields.putText(wire, RowsDecoder.psnCertTypeEncodingOffset(), 6, "01");
        Fields.putText(wire, RowsDecoder.insutypeEncodingOffset(), 6, "310");
        Fields.putText(wire, RowsDecoder.psnTypeEncodingOffset(), 6, "1101");
        Fields.putText(wire, RowsDecoder.insuplcAdmdvsEncodingOffset(), 6, "320300");
        Fields.putText(wire, RowsDecoder.psnInsuStasEncodingOffset(), 6, "1");
        Fields.putText(wire, RowsDecoder.psnNameEncodingOffset(), 60, "synthetic");
    }

    void add(final int number) {
        Fields.putDigits(wire, 0, number, 20);
        Fields.putDigits(wire, RowsDecoder.certnoEncodingOffset(), number * 7L, 18);
        wire.putByte(PersonRows.CARD_NO, (byte) 'D');
        Fields.putDigits(wire, PersonRows.CARD_NO + 1, number * 3L, 9);
        if (!state.persons.reserve(1)) {
            throw new AssertionError("the table is full at " + number);
        }
        final int row = state.persons.insert(wire, 0, Rows.PERSON_KEY);
        PersonRows.write(wire, 0, state.persons.buffer(row), state.persons.offset(row));
        state.certificates.put(row);
        state.cards.put(row);
        state.persons.endWrite(row);
    }

    /** Whether all three ways lead to this person. */
    boolean isFound(final int number) {
        Fields.putDigits(wire, 0, number, 20);
        Fields.putDigits(wire, RowsDecoder.certnoEncodingOffset(), number * 7L, 18);
        Fields.putDigits(wire, PersonRows.CARD_NO + 1, number * 3L, 9);
        return state.persons.find(wire, 0) == number
                && state.personByCertificate(wire, PersonRows.CERTIFICATE) == number
                && state.personByCard(wire, PersonRows.CARD_NO) == number;
    }
}
