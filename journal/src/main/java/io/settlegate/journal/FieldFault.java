package io.settlegate.journal;

/** What is wrong, in a sentence, where a check names a field. Says what was compared with what, so that a person can look. */
final class FieldFault {
    private FieldFault() {}

    static String sentence(final String field) {
        return switch (field) {
            case "length" -> "the record's header states another length than its frame";
            case "magic" -> "the bytes there do not begin as a record does";
            case "crc" -> "the record's bytes do not give its CRC32C";
            case "endMark" -> "the record does not end with its end mark";
            case "format" -> "the record is of a format that this build does not know";
            case "kind" -> "a record of this kind cannot stand there";
            case "sequence" -> "the record there has another sequence than the one that must follow";
            case "timeMs" -> "the time there is not that of the records before it";
            case "count" -> "more records than a batch may have stand there without a seal";
            case "seal" -> "the bytes there are no seal";
            case "sealNumber" -> "the seal there has another number than the one that must follow";
            case "firstSequence", "lastSequence" -> "the seal covers other records than those before it";
            case "leaves" -> "the leaf hashes beside the seal are not those of the records before it";
            case "merkleRoot" -> "the seal's Merkle root is not that of the records before it";
            case "previousSealHash" -> "the seal does not name the hash of the seal before it";
            case "mountainRangeRoot" -> "the seal's tree head is not that of the seals before it";
            case "gatewayId" -> "the seal is another gateway's";
            default -> "the record there is not the one that must stand there";
        };
    }
}
