package org.dray;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Which backends {@link Dray#load(DrayOptions)} takes, and where it keeps its files. Immutable.
 *
 * @param required backends that must be usable; if not empty, no other is opened
 * @param preferred backends to take before others, best first
 * @param denied backends that are neither probed nor opened
 * @param directory where the shared files go; empty for the default, {@code /dev/shm/dray-<uid>} where that exists,
 *     else a directory of that name in {@code java.io.tmpdir}. Processes find each other only through the same
 *     directory
 * @param closeTimeoutNanos how long a close waits for copies that peers have in flight
 * @param executor runs futures, and the channels of engines that can only block; empty for a small pool of daemon
 *     threads, which Dray ends with its close
 */
public record DrayOptions(
        Set<String> required,
        List<String> preferred,
        Set<String> denied,
        Optional<Path> directory,
        long closeTimeoutNanos,
        Optional<Executor> executor) {

    private static final long DEFAULT_CLOSE_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** Checks the components. */
    public DrayOptions {
        required = Set.copyOf(required);
        preferred = List.copyOf(preferred);
        denied = Set.copyOf(denied);
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(executor, "executor");
        if (closeTimeoutNanos < 1) {
            throw new IllegalArgumentException("closeTimeoutNanos " + closeTimeoutNanos + " is below 1");
        }
        for (String id : required) {
            if (denied.contains(id)) {
                throw new IllegalArgumentException("backend '" + id + "' is both required and denied");
            }
        }
    }

    /**
     * Starts from nothing required, preferred or denied.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads the properties of {@link DrayProperties}.
     *
     * @return the options they describe
     * @throws IllegalArgumentException if a property has no sensible value
     */
    public static DrayOptions fromSystemProperties() {
        Builder builder = builder()
                .require(list(DrayProperties.REQUIRE))
                .prefer(list(DrayProperties.PREFER))
                .deny(list(DrayProperties.DENY));
        String directory = System.getProperty(DrayProperties.DIRECTORY);
        if (directory != null) {
            builder.directory(Path.of(directory));
        }
        String millis = System.getProperty(DrayProperties.CLOSE_TIMEOUT_MILLIS);
        if (millis != null) {
            try {
                builder.closeTimeoutNanos(TimeUnit.MILLISECONDS.toNanos(Long.parseLong(millis)));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "-D" + DrayProperties.CLOSE_TIMEOUT_MILLIS + "=" + millis + " is not a number of milliseconds",
                        e);
            }
        }
        return builder.build();
    }

    private static String[] list(String property) {
        return Arrays.stream(System.getProperty(property, "").split(",", -1))
                .map(String::strip)
                .filter(id -> !id.isEmpty())
                .toArray(String[]::new);
    }

    /** Collects options. Not thread-safe. */
    public static final class Builder {
        private final Set<String> required = new LinkedHashSet<>();
        private final Set<String> preferred = new LinkedHashSet<>();
        private final Set<String> denied = new LinkedHashSet<>();
        private Optional<Path> directory = Optional.empty();
        private long closeTimeoutNanos = DEFAULT_CLOSE_TIMEOUT_NANOS;
        private Optional<Executor> executor = Optional.empty();

        private Builder() {}

        /**
         * Demands backends: load fails unless each is usable, and opens no other.
         *
         * @param backendIds ids
         * @return this
         */
        public Builder require(String... backendIds) {
            required.addAll(List.of(backendIds));
            return this;
        }

        /**
         * Puts backends before others, in the given order, where they are usable.
         *
         * @param backendIds ids
         * @return this
         */
        public Builder prefer(String... backendIds) {
            preferred.addAll(List.of(backendIds));
            return this;
        }

        /**
         * Leaves backends alone: they are not even probed.
         *
         * @param backendIds ids
         * @return this
         */
        public Builder deny(String... backendIds) {
            denied.addAll(List.of(backendIds));
            return this;
        }

        /**
         * Puts the shared files into another directory, which is created with mode 0700 if it does not exist. Each user
         * has a directory of his own: where users differ, {@code %u} in its name stands for the uid, for example
         * {@code /dev/shm/test-%u}.
         *
         * @param directory the directory; the same one in every process that shall exchange regions
         * @return this
         */
        public Builder directory(Path directory) {
            this.directory = Optional.of(directory);
            return this;
        }

        /**
         * Bounds how long a close waits for a peer's copy before it answers BUSY.
         *
         * @param nanos nanoseconds, at least 1
         * @return this
         */
        public Builder closeTimeoutNanos(long nanos) {
            this.closeTimeoutNanos = nanos;
            return this;
        }

        /**
         * Runs asynchronous copies on the caller's executor, which Dray does not stop.
         *
         * @param executor the executor
         * @return this
         */
        public Builder executor(Executor executor) {
            this.executor = Optional.of(executor);
            return this;
        }

        /**
         * Makes the options.
         *
         * @return immutable options
         */
        public DrayOptions build() {
            return new DrayOptions(required, List.copyOf(preferred), denied, directory, closeTimeoutNanos, executor);
        }
    }
}
