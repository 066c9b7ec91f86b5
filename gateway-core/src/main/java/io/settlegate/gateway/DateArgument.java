package io.settlegate.gateway;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Days and months as options name them. No state. */
final class DateArgument {
    private DateArgument() {}

    /** Has the options of all commands that are there read by this. */
    static void register(final CommandLine line) {
        line.registerConverter(LocalDate.class, DateArgument::day);
        line.registerConverter(YearMonth.class, DateArgument::month);
    }

    private static LocalDate day(final String text) {
        try {
            return LocalDate.parse(text);
        } catch (final DateTimeException e) {
            throw (TypeConversionException) new TypeConversionException(
                            "write a day that there is as yyyy-MM-dd, such as 2026-11-30, not " + text)
                    .initCause(e);
        }
    }

    private static YearMonth month(final String text) {
        try {
            return YearMonth.parse(text);
        } catch (final DateTimeException e) {
            throw (TypeConversionException)
                    new TypeConversionException("write a month as yyyy-MM, such as 2026-11, not " + text).initCause(e);
        }
    }
}
