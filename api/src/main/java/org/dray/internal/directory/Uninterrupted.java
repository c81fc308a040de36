package org.dray.internal.directory;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/** Lets a thread use file channels although it is interrupted, which would close them. It stays interrupted. */
final class Uninterrupted {
    private Uninterrupted() {}

    /** Something with a channel of its own that can be tried again. */
    @FunctionalInterface
    interface Call<T> {
        T call() throws IOException;
    }

    static <T> T call(Call<T> call) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return call.call();
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
