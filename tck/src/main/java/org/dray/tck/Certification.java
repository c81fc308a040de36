package org.dray.tck;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the kit against a backend on the path, without a build tool. */
public final class Certification {

    /**
     * A certificate and where it was written.
     *
     * @param certificate the data
     * @param json for programs
     * @param html for people
     */
    public record Written(Certificate certificate, Path json, Path html) {}

    private Certification() {}

    /**
     * Runs every rule in this process and its children; takes about a minute. One run at a time for each process.
     *
     * @param backendId a backend on the class path or module path; if there is none of that id, or it is unusable here,
     *     every rule is NOT_RUN with the reason
     * @param directory where {@code certificate.json} and {@code certificate.html} go; made if it does not exist
     * @param progress gets one line for each rule as it ends
     * @return the certificate; its verdict knows the exit code
     */
    public static Written run(String backendId, Path directory, PrintWriter progress) {
        Objects.requireNonNull(backendId, "backendId");
        String before = System.getProperty(InstalledBackendTck.BACKEND);
        System.setProperty(InstalledBackendTck.BACKEND, backendId);
        try {
            return run(InstalledBackendTck.class, directory, progress);
        } finally {
            if (before == null) {
                System.clearProperty(InstalledBackendTck.BACKEND);
            } else {
                System.setProperty(InstalledBackendTck.BACKEND, before);
            }
        }
    }

    static Written run(
            Class<? extends BackendTck> testClass,
            Path directory,
            PrintWriter progress,
            PostDiscoveryFilter... filters) {
        AtomicReference<Certificate> certificate = new AtomicReference<>();
        Launcher launcher = LauncherFactory.create(LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .addTestExecutionListeners(
                        new CertificateListener(any -> directory, certificate::set), new ProgressListener(progress))
                .build());
        launcher.execute(LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(testClass))
                .filters(filters)
                .build());
        return new Written(
                Objects.requireNonNull(certificate.get(), "the kit's own class was not found by JUnit"),
                CertificateFiles.json(directory),
                CertificateFiles.html(directory));
    }
}
