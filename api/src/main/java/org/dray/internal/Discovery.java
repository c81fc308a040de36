package org.dray.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.dray.BackendReport;
import org.dray.BackendReport.State;
import org.dray.DrayOptions;
import org.dray.Finding;
import org.dray.MachineKind;
import org.dray.RegionToken;
import org.dray.spi.BackendProvider;
import org.dray.spi.SpiVersion;

/** Finds the backends on the class path and module path and asks each whether it works here. */
final class Discovery {
    private Discovery() {}

    /** All backends in order of id. A provider that fails in any way is reported, and harms no other. */
    static List<Candidate> discover(DrayOptions options) {
        List<Candidate> found = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        ServiceLoader.load(BackendProvider.class, Discovery.class.getClassLoader()).stream()
                .forEach(entry -> found.add(examine(entry, options, ids)));
        found.sort(Comparator.comparing(Candidate::id));
        requireKnown(options, found);
        return found;
    }

    private static Candidate examine(
            ServiceLoader.Provider<BackendProvider> entry, DrayOptions options, Set<String> ids) {
        String type = entry.type().getName();
        try {
            BackendProvider provider = entry.get();
            String id = provider.id();
            if (!RegionToken.isBackendId(id)) {
                return broken(type, "its id is '" + id + "'", "1 to 16 characters of a-z, 0-9 and -");
            }
            if (!ids.add(id)) {
                return broken(type, "another backend with the id '" + id + "'", "one backend for each id");
            }
            return new Candidate(probe(provider, options), Optional.of(provider));
        } catch (ServiceConfigurationError | RuntimeException | LinkageError e) {
            return broken(type, "constructing it failed: " + e, "a provider that can be constructed");
        }
    }

    private static BackendReport probe(BackendProvider provider, DrayOptions options) {
        String id = provider.id();
        if (options.denied().contains(id)) {
            return refused(provider, State.DENIED, "dray.denied", "denied by the options", "not denied", "allow it");
        }
        if (!options.required().isEmpty() && !options.required().contains(id)) {
            return refused(
                    provider,
                    State.DENIED,
                    "dray.not-required",
                    "the options require " + new TreeSet<>(options.required()) + " and no other",
                    "no requirement, or this one",
                    "require '" + id + "' too");
        }
        if (!SpiVersion.isServed(provider.spiVersion())) {
            return refused(
                    provider,
                    State.UNAVAILABLE,
                    "dray.spi-version",
                    "compiled against interface version " + SpiVersion.text(provider.spiVersion()),
                    SpiVersion.text(SpiVersion.CURRENT) + " or an older minor version of it",
                    "use a backend and an api of the same release");
        }
        try {
            return provider.probe();
        } catch (RuntimeException | LinkageError e) {
            return refused(
                    provider,
                    State.UNAVAILABLE,
                    "dray.probe",
                    "probing failed: " + e,
                    "a probe that answers",
                    "report it");
        }
    }

    private static BackendReport refused(
            BackendProvider provider, State state, String check, String observed, String needed, String remedy) {
        return new BackendReport(
                provider.id(),
                provider.version(),
                state,
                MachineKind.REAL,
                List.of(new Finding(check, observed, needed, remedy)));
    }

    private static Candidate broken(String type, String observed, String needed) {
        Finding finding = new Finding("dray.provider", observed, needed, "remove or repair " + type);
        return new Candidate(
                new BackendReport(type, "unknown", State.UNAVAILABLE, MachineKind.REAL, List.of(finding)),
                Optional.empty());
    }

    private static void requireKnown(DrayOptions options, List<Candidate> found) {
        Set<String> known = found.stream().map(Candidate::id).collect(Collectors.toCollection(TreeSet::new));
        for (String id : options.required()) {
            if (!known.contains(id)) {
                throw unknown(id, known);
            }
        }
    }

    static IllegalArgumentException unknown(String id, Set<String> known) {
        return new IllegalArgumentException("no backend '" + id + "' on the class path or module path; there "
                + (known.isEmpty() ? "is none at all: add a dray-backend-* artifact" : "are " + known));
    }
}
