/**
 * The rules that every Dray backend keeps, the tests that check them, and the certificate. A backend's author extends
 * {@link org.dray.tck.BackendTck}.
 */
module org.dray.tck {
    requires transitive org.dray;
    requires org.dray.linux;
    requires transitive org.junit.jupiter.api;
    requires org.junit.platform.engine;
    requires transitive org.junit.platform.launcher;
    requires com.fasterxml.jackson.databind;
    requires java.management;
    requires jdk.management;
    requires static org.jspecify;

    exports org.dray.tck;
    exports org.dray.tck.faults;

    opens org.dray.tck to
            org.junit.platform.commons;

    uses org.dray.spi.BackendProvider;

    provides org.junit.platform.launcher.TestExecutionListener with
            org.dray.tck.CertificateListener;
}
