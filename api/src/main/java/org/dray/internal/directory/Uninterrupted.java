package org.dray.internal.directory;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

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

    /**
     * Maps a part of a file, in a thread that nobody can interrupt: an interrupt at the wrong moment makes
     * {@link FileChannel#map} forget a mapping that it has made already, for good (JDK 17 to 25).
     */
    static MappedByteBuffer map(
            Path file, Set<? extends OpenOption> options, FileChannel.MapMode mode, long offsetBytes, long lengthBytes)
            throws IOException {
        FutureTask<MappedByteBuffer> mapping = new FutureTask<>(() -> {
            try (FileChannel channel = FileChannel.open(file, options)) {
                return channel.map(mode, offsetBytes, lengthBytes);
            }
        });
        start("dray-map", mapping);
        return result(mapping);
    }

    /** Calls something that may never return, in a thread of its own; empty if it does not in time. */
    static <T> Optional<T> within(long timeoutNanos, Callable<T> call) throws IOException {
        FutureTask<T> task = new FutureTask<>(call);
        Thread thread = start("dray-wait", task);
        long deadline = System.nanoTime() + timeoutNanos;
        boolean interrupted = false;
        for (long left = timeoutNanos; left > 0 && !task.isDone(); left = deadline - System.nanoTime()) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return task.isDone() ? Optional.of(result(task)) : Optional.empty();
    }

    private static Thread start(String name, Runnable work) {
        Thread thread = new Thread(null, work, name, 0, false);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static <T> T result(FutureTask<T> task) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
