package org.dray.tck;

import static org.assertj.core.api.Assertions.assertThat;

import org.dray.CopyCost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateTextTest {

    @ParameterizedTest
    @CsvSource({
        "1, 1 byte",
        "2, 2 bytes",
        "1023, 1023 bytes",
        "4096, 4 KiB",
        "1073741824, 1 GiB",
        "2147479552, 2097148 KiB"
    })
    void bytesAreShownInTheLargestUnitThatIsExact(long bytes, String text) {
        assertThat(CertificateText.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 ms", "9999, 9999 ms", "10000, 10.0 s"})
    void longTimesAreSeconds(long millis, String text) {
        assertThat(CertificateText.time(millis)).isEqualTo(text);
    }

    @Test
    void costIsAStartAndABandwidth() {
        assertThat(CertificateText.cost(new CopyCost(900, 10_000_000_000L))).isEqualTo("900 ns, then 10.0 GB/s");
    }
}
