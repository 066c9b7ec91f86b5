package io.settlegate.journal.store;

final class MemoryStoreTest extends StoreContract {
    private final MemoryFaults faults = new MemoryFaults(1);

    @Override
    Store store() {
        faults.fileLength(100_000);
        return new MemoryStore(faults);
    }

    @Override
    Store another(final Store store) {
        return ((MemoryStore) store).afterKill();
    }

    @Override
    void roll() {
        faults.fileLength(0);
    }
}
