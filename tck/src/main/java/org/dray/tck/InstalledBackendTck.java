package org.dray.tck;

/** The test class behind {@link Certification}: examines the backend that a system property names. */
final class InstalledBackendTck extends BackendTck {
    static final String BACKEND = "dray.tck.backend";

    @Override
    protected BackendFixture fixture() {
        return () -> System.getProperty(BACKEND, "");
    }
}
