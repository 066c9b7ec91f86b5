package io.settlegate.journal.store;

/**
 * What the disk has left, and the floors below which work is refused.
 *
 * @param freeLength bytes that this process may still write.
 * @param writeFloorLength below it only reads are taken.
 * @param readFloorLength below it nothing is taken; the writer's own floor, at which the process stops, lies lower still.
 */
public record Space(long freeLength, long writeFloorLength, long readFloorLength) {
    public Space {
        if (readFloorLength > writeFloorLength) {
            throw new IllegalArgumentException(
                    "the floor of reads " + readFloorLength + " lies above that of writes, " + writeFloorLength);
        }
    }

    /** True if there is room for what changes the state. */
    public boolean hasRoomForWrites() {
        return freeLength >= writeFloorLength;
    }

    /** True if there is room for the records of reads. */
    public boolean hasRoomForReads() {
        return freeLength >= readFloorLength;
    }
}
