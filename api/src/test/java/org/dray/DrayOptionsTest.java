package org.dray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrayOptionsTest {
    private static final List<String> PROPERTIES = List.of(
            DrayProperties.REQUIRE,
            DrayProperties.PREFER,
            DrayProperties.DENY,
            DrayProperties.DIRECTORY,
            DrayProperties.CLOSE_TIMEOUT_MILLIS);

    private final Map<String, String> before = new java.util.HashMap<>();

    DrayOptionsTest() {
        PROPERTIES.forEach(name -> before.put(name, System.getProperty(name)));
        PROPERTIES.forEach(System::clearProperty);
    }

    @AfterEach
    void restore() {
        before.forEach((name, value) -> {
            if (value == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
    }

    @Test
    void nothingIsRequiredPreferredOrDeniedByDefault() {
        DrayOptions options = DrayOptions.fromSystemProperties();
        assertThat(options).isEqualTo(DrayOptions.builder().build());
        assertThat(options.required()).isEmpty();
        assertThat(options.preferred()).isEmpty();
        assertThat(options.denied()).isEmpty();
        assertThat(options.directory()).isEmpty();
        assertThat(options.closeTimeoutNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(2));
    }

    @Test
    void propertiesAreRead() {
        System.setProperty(DrayProperties.REQUIRE, "cma");
        System.setProperty(DrayProperties.PREFER, " knem , cma,, ");
        System.setProperty(DrayProperties.DENY, "sim,mic");
        System.setProperty(DrayProperties.DIRECTORY, "/some/where");
        System.setProperty(DrayProperties.CLOSE_TIMEOUT_MILLIS, "1500");
        DrayOptions options = DrayOptions.fromSystemProperties();
        assertThat(options.required()).containsExactly("cma");
        assertThat(options.preferred()).containsExactly("knem", "cma");
        assertThat(options.denied()).containsExactlyInAnyOrder("sim", "mic");
        assertThat(options.directory()).contains(Path.of("/some/where"));
        assertThat(options.closeTimeoutNanos()).isEqualTo(1_500_000_000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "1.5", "1e3", "99999999999999999999"})
    void timeoutThatIsNoNumberNamesItsProperty(String millis) {
        System.setProperty(DrayProperties.CLOSE_TIMEOUT_MILLIS, millis);
        assertThatIllegalArgumentException()
                .isThrownBy(DrayOptions::fromSystemProperties)
                .withMessage("-Ddray.close.timeoutMillis=" + millis + " is not a number of milliseconds");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void timeoutBelowOneIsRefused(long nanos) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DrayOptions.builder().closeTimeoutNanos(nanos).build())
                .withMessage("closeTimeoutNanos " + nanos + " is below 1");
    }

    @Test
    void requiredAndDeniedIsAContradiction() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> DrayOptions.builder().require("cma").deny("cma").build())
                .withMessage("backend 'cma' is both required and denied");
    }

    @Test
    void laterPreferencesComeAfterEarlierOnesAndCountOnce() {
        assertThat(DrayOptions.builder()
                        .prefer("a", "b")
                        .prefer("c", "a")
                        .build()
                        .preferred())
                .containsExactly("a", "b", "c");
    }

    @Test
    void nullIsRefused() {
        assertThatNullPointerException().isThrownBy(() -> DrayOptions.builder().require((String) null));
        assertThatNullPointerException().isThrownBy(() -> DrayOptions.builder().directory(null));
        assertThatNullPointerException().isThrownBy(() -> DrayOptions.builder().executor(null));
    }
}
