package org.dray.tck;

import static org.junit.platform.engine.FilterResult.includedIf;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the rules about encodings, which are quick, as far as a filter lets them pass. */
final class EncodingsRun {
    private EncodingsRun() {}

    static Certificate of(Class<? extends BackendTck> testClass, Path directory) {
        return of(testClass, directory, it -> true);
    }

    static Certificate of(Class<? extends BackendTck> testClass, Path directory, Predicate<TestDescriptor> filter) {
        AtomicReference<Certificate> certificate = new AtomicReference<>();
        under(new CertificateListener(any -> directory, certificate::set), testClass, Map.of(), filter);
        return certificate.get();
    }

    static void under(
            CertificateListener listener,
            Class<? extends BackendTck> testClass,
            Map<String, String> parameters,
            Predicate<TestDescriptor> filter) {
        Launcher launcher = LauncherFactory.create(LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .addTestExecutionListeners(listener)
                .build());
        PostDiscoveryFilter encodings =
                it -> includedIf(it.getUniqueId().toString().contains("Encodings") && filter.test(it));
        System.setProperty(Effort.FACTOR, "0.01");
        try {
            launcher.execute(LauncherDiscoveryRequestBuilder.request()
                    .selectors(selectClass(testClass))
                    .configurationParameters(parameters)
                    .filters(encodings)
                    .build());
        } finally {
            System.clearProperty(Effort.FACTOR);
        }
    }

    static Certificate.RuleResult result(Certificate certificate, Rule rule) {
        return certificate.rules().stream()
                .filter(it -> it.rule() == rule)
                .findFirst()
                .orElseThrow();
    }
}
