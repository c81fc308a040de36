package org.dray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dray.Damage.assertInvalid;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerIdTest {
    static final PeerId ID = new PeerId(
            0x0123456789abcdefL,
            0xfedcba9876543210L,
            4711,
            1000,
            123456789,
            4026531836L,
            4026531837L,
            (4711L << 32) | 0xcafebabeL);

    @Test
    void encodingIsTheDocumentedOne() {
        assertThat(Vectors.text(ID.toBytes())).isEqualTo(Vectors.text(Vectors.read("peer-id.hex")));
        assertThat(PeerId.parse(Vectors.read("peer-id.hex"))).isEqualTo(ID);
    }

    @Test
    void extremeNumbersSurvive() {
        PeerId extreme = new PeerId(-1, -2, Integer.MAX_VALUE, -1, Long.MIN_VALUE, 0, 0, -1);
        assertThat(Vectors.text(extreme.toBytes())).isEqualTo(Vectors.text(Vectors.read("peer-id-extreme.hex")));
        assertThat(PeerId.parse(extreme.toBytes())).isEqualTo(extreme);
    }

    @Test
    void everyFlippedBitIsFound() {
        Damage.flips(ID.toBytes()).forEach(bytes -> assertInvalid(() -> PeerId.parse(bytes)));
    }

    @Test
    void everyOtherLengthIsFound() {
        Damage.truncations(ID.toBytes())
                .forEach(bytes -> assertInvalid(() -> PeerId.parse(bytes))
                        .hasMessageContaining("a peer id has 64 bytes, not " + bytes.length));
        assertInvalid(() -> PeerId.parse(Damage.extended(ID.toBytes())));
    }

    @Test
    void randomBytesAreInvalidAndNothingElse() {
        Damage.random(PeerId.BYTES, ID.toBytes(), bytes -> assertInvalid(() -> PeerId.parse(bytes)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 127, 128, 255})
    void otherMajorVersionIsRefusedWithBothNumbers(int major) {
        byte[] bytes = ID.toBytes();
        bytes[2] = (byte) major;
        bytes[3] = (byte) 200;
        assertInvalid(() -> PeerId.parse(bytes))
                .hasMessage(
                        "dray: TOKEN_INVALID: the peer id has format version " + major + ".200, this Dray reads 1.x");
    }

    @Test
    void textNamesPidAndUser() {
        assertThat(ID).hasToString("pid 4711 (uid 1000, instance 1267cafebabe)");
    }
}
