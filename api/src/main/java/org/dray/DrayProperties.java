package org.dray;

/** The system properties that {@link DrayOptions#fromSystemProperties} reads. Lists are separated by commas. */
public final class DrayProperties {
    /** Backends that must be usable; no other is opened. See {@link DrayOptions.Builder#require}. */
    public static final String REQUIRE = "dray.backend";

    /** Backends to take before others. See {@link DrayOptions.Builder#prefer}. */
    public static final String PREFER = "dray.prefer";

    /** Backends that are neither probed nor opened. See {@link DrayOptions.Builder#deny}. */
    public static final String DENY = "dray.deny";

    /** Where the shared files go. See {@link DrayOptions.Builder#directory}. */
    public static final String DIRECTORY = "dray.directory";

    /** How long close waits for peers, in milliseconds. See {@link DrayOptions.Builder#closeTimeoutNanos}. */
    public static final String CLOSE_TIMEOUT_MILLIS = "dray.close.timeoutMillis";

    private DrayProperties() {}
}
