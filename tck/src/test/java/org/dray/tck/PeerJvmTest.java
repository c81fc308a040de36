package org.dray.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeerJvmTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String ANSWER = Wire.MARK + Wire.encode(List.of(Wire.OK, "done"));

    @Test
    void anAnswerIsDecoded() {
        try (PeerJvm peer = PeerJvm.start(printing("something else", ANSWER))) {
            assertThat(peer.call(LIMIT, "work").text(0)).isEqualTo("done");
        }
    }

    @Test
    void whatCheckJniSaysThereFailsTheRuleHere() {
        try (PeerJvm peer = PeerJvm.start(printing("WARNING in native method: JNI call made", ANSWER))) {
            assertThatThrownBy(() -> peer.call(LIMIT, "work"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("-Xcheck:jni")
                    .hasMessageContaining("JNI call made");
        }
    }

    private static List<String> printing(String... lines) {
        return List.of("sh", "-c", "printf '%s\\n' \"$@\"; cat >/dev/null", "sh", lines[0], lines[1]);
    }
}
