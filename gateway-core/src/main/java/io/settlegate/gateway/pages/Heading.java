package io.settlegate.gateway.pages;

/**
 * Over a column.
 *
 * @param name the national name, in Chinese.
 * @param field the field of the national interface, or what it is in English; printed small beside.
 * @param look text or number.
 */
public record Heading(String name, String field, String look) {
    public static Heading text(final String name, final String field) {
        return new Heading(name, field, "text");
    }

    public static Heading number(final String name, final String field) {
        return new Heading(name, field, "number");
    }
}
