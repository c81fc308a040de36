package org.dray.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
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
    /** An entry that cannot be read is passed over; a list of entries that cannot be read at all must not keep us. */
    private static final int MAX_BROKEN_ENTRIES = 100;

    private Discovery() {}

    /** The entries of all backends on the path; no class of theirs is initialised yet. */
    static Iterator<ServiceLoader.Provider<BackendProvider>> entries() {
        return ServiceLoader.load(BackendProvider.class, Discovery.class.getClassLoader()).stream()
                .iterator();
    }

    /** All backends in order of id. A provider that fails in any way is reported, and harms no other. */
    static List<Candidate> discover(DrayOptions options, Iterator<ServiceLoader.Provider<BackendProvider>> entries) {
        List<Candidate> found = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (int failures = 0; failures < MAX_BROKEN_ENTRIES; ) {
            try {
                if (!entries.hasNext()) {
                    break;
                }
                found.add(examine(entries.next(), options, ids));
            } catch (ServiceConfigurationError e) {
                failures++;
                found.add(broken("entry " + failures, String.valueOf(e.getMessage()), "an entry that can be read"));
            }
        }
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
            return new Candidate(probe(provider, id, options), Optional.of(provider));
        } catch (ServiceConfigurationError | Exception | LinkageError | AssertionError e) {
            return broken(type, "constructing it failed: " + e, "a provider that can be constructed");
        }
    }

    private static BackendReport probe(BackendProvider provider, String id, DrayOptions options) {
        if (options.denied().contains(id)) {
            return refused(
                    provider, id, State.DENIED, "dray.denied", "denied by the options", "not denied", "allow it");
        }
        if (!options.required().isEmpty() && !options.required().contains(id)) {
            return refused(
                    provider,
                    id,
                    State.DENIED,
                    "dray.not-required",
                    "the options require " + new TreeSet<>(options.required()) + " and no other",
                    "no requirement, or this one",
                    "require '" + id + "' too");
        }
        if (!SpiVersion.isServed(provider.spiVersion())) {
            return refused(
                    provider,
                    id,
                    State.UNAVAILABLE,
                    "dray.spi-version",
                    "compiled against interface version " + SpiVersion.text(provider.spiVersion()),
                    SpiVersion.text(SpiVersion.CURRENT) + " or an older minor version of it",
                    "use a backend and an api of the same release");
        }
        String observed;
        try {
            BackendReport report = provider.probe();
            if (report != null && report.backendId().equals(id)) {
                return report;
            }
            observed = "the probe answered for " + (report == null ? null : "'" + report.backendId() + "'");
        } catch (Exception | LinkageError | AssertionError e) {
            observed = "probing failed: " + e;
        }
        return refused(
                provider,
                id,
                State.UNAVAILABLE,
                "dray.probe",
                observed,
                "a probe that answers for '" + id + "'",
                "tell whoever made the backend");
    }

    private static BackendReport refused(
            BackendProvider provider,
            String id,
            State state,
            String check,
            String observed,
            String needed,
            String remedy) {
        return new BackendReport(
                id,
                provider.version(),
                state,
                MachineKind.UNKNOWN,
                List.of(new Finding(check, observed, needed, remedy)));
    }

    private static Candidate broken(String type, String observed, String needed) {
        Finding finding = new Finding("dray.provider", observed, needed, "remove or repair " + type);
        return new Candidate(
                new BackendReport(type, "unknown", State.UNAVAILABLE, MachineKind.UNKNOWN, List.of(finding)),
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
