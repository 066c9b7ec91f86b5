package io.settlegate.gateway.clearing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.inspection.Masking;
import io.settlegate.gateway.pages.PageTemplate;
import io.settlegate.journal.store.Store;
import java.io.IOException;

/** The settlement list of an inpatient settlement, to be shown as JSON and as a page. Immutable. */
public final class SettlementListReport {
    private final SettlementList list;

    private SettlementListReport(final SettlementList list) {
        this.list = list;
    }

    /**
     * @param setlId thirty digits.
     * @throws IOException if no inpatient settlement has it.
     */
    public static SettlementListReport bySetlId(final Store store, final String setlId) throws IOException {
        return new SettlementListReport(new SettlementListReading(store).bySetlId(setlId));
    }

    /**
     * The last settlement of the stay that stands.
     *
     * @param mdtrtId thirty digits.
     * @throws IOException if there is none.
     */
    public static SettlementListReport byMdtrtId(final Store store, final String mdtrtId) throws IOException {
        return new SettlementListReport(new SettlementListReading(store).byMdtrtId(mdtrtId));
    }

    /** As 4101 names the fields. */
    public ObjectNode document(final Masking masking) {
        return new SettlementListDocument(list, masking).make();
    }

    /** An HTML document. */
    public String page(final Masking masking) {
        return new PageTemplate().render(new SettlementListPage(list, masking).make());
    }

    /** The first record that the list is of. */
    public long firstSequence() {
        return list.admission().sequence();
    }

    /** The settlement's record. */
    public long lastSequence() {
        return list.settlement().sequence;
    }

    /** Whether the amounts and lines add up. */
    public boolean isSound() {
        return list.isSound();
    }
}
