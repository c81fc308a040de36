package org.dray.cli.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.dray.tck.Outcome;

/** How reports of every form say things. */
public final class Words {
    private Words() {}

    /**
     * How many rules came to what.
     *
     * @param certificate whose
     * @return for example {@code 101 passed, 13 not applicable}
     */
    public static String counts(CertificateFile certificate) {
        return Arrays.stream(Outcome.values())
                .filter(it -> certificate.count(it) > 0)
                .map(it -> certificate.count(it) + " "
                        + it.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .collect(Collectors.joining(", "));
    }
}
