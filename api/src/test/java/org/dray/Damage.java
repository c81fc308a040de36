package org.dray;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;

/** Encodings as somebody else may hand them over. */
final class Damage {
    private static final int RANDOM_CASES = 100_000;

    private Damage() {}

    static AbstractThrowableAssert<?, ?> assertInvalid(Runnable parsing) {
        return assertThatThrownBy(parsing::run).isInstanceOfSatisfying(CopyException.class, e -> {
            if (e.status() != CopyStatus.TOKEN_INVALID) {
                throw new AssertionError("status " + e.status(), e);
            }
        });
    }

    /** The bytes with one bit changed, for every bit. */
    static Stream<byte[]> flips(byte[] bytes) {
        return IntStream.range(0, 8 * bytes.length).mapToObj(bit -> {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            return flipped;
        });
    }

    static Stream<byte[]> truncations(byte[] bytes) {
        return IntStream.range(0, bytes.length).mapToObj(length -> Arrays.copyOf(bytes, length));
    }

    static byte[] extended(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length + 1);
    }

    /**
     * Hands over random bytes of lengths around the right one: pure noise, and a sound encoding with a few random bytes
     * in it, so that more than the first check is reached.
     */
    static void random(int lengthBytes, byte[] sound, Consumer<byte[]> parsing) {
        TestSeed seed = TestSeed.next();
        Random random = seed.random();
        for (int i = 0; i < RANDOM_CASES; i++) {
            byte[] bytes = new byte[random.nextInt(10) == 0 ? random.nextInt(2 * lengthBytes) : lengthBytes];
            random.nextBytes(bytes);
            if (random.nextBoolean()) {
                bytes = sound.clone();
                for (int j = 0; j <= random.nextInt(4); j++) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }
            }
            if (Arrays.equals(bytes, sound)) {
                continue;
            }
            try {
                parsing.accept(bytes);
            } catch (AssertionError e) {
                throw new AssertionError(seed + ", case " + i + ": " + Vectors.text(bytes), e);
            }
        }
    }
}
