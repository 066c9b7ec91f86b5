package io.settlegate.journal;

/**
 * What an opening moved aside, because it stood after the last good seal and a kill or a power cut explains it.
 *
 * <p>A value. It stands in the record that begins the new segment too.
 *
 * @param name of the file below set-aside.
 * @param length of it in bytes.
 * @param lastSealNumber the seal up to which the journal was believed.
 * @param reason what was found, with counts.
 */
public record SetAside(String name, long length, long lastSealNumber, String reason) {}
