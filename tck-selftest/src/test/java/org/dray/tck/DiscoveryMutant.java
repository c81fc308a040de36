package org.dray.tck;

import static org.dray.tck.Layer.BACKEND;
import static org.dray.tck.Layer.SURFACE;
import static org.dray.tck.Rule.DISC_01;
import static org.dray.tck.Rule.DISC_02;
import static org.dray.tck.Rule.DISC_03;
import static org.dray.tck.Rule.DISC_04;
import static org.dray.tck.Rule.DISC_05;
import static org.dray.tck.Rule.DISC_06;
import static org.dray.tck.Rule.DISC_07;
import static org.dray.tck.Rule.DISC_08;
import static org.dray.tck.Rule.DISC_09;
import static org.dray.tck.Rule.DISC_10;
import static org.dray.tck.Rule.DISC_11;
import static org.dray.tck.Rule.DISC_12;
import static org.dray.tck.Rule.DISC_13;
import static org.dray.tck.Rule.DISC_14;
import static org.dray.tck.Rule.DISC_16;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.dray.AddressSpace.Kind;
import org.dray.BackendReport;
import org.dray.CopyEngine;
import org.dray.CopyException;
import org.dray.Dray;
import org.dray.DrayOptions;
import org.dray.EngineInfo;
import org.dray.Finding;
import org.dray.MachineKind;
import org.dray.Selection;
import org.dray.spi.BackendProvider;
import org.dray.tck.witness.FutureProvider;

/** Defects of discovery, probing and selection. */
enum DiscoveryMutant implements Mutant {
    THIRD_PROBE_THROWS(BACKEND, DISC_01, DISC_02, DISC_03) {
        @Override
        public BackendReport probe(BackendProvider genuine, int call) {
            if (call == 3) {
                throw new IllegalStateException("the third probe");
            }
            return genuine.probe();
        }
    },
    PROBE_LEAVES_A_THREAD(BACKEND, DISC_02) {
        @Override
        public BackendReport probe(BackendProvider genuine, int call) {
            if (call == DiscoveryRules.PROBES - 1) {
                Defect.leakThread();
            }
            return genuine.probe();
        }
    },
    REPORTS_DRIFT(BACKEND, DISC_03) {
        @Override
        public BackendReport probe(BackendProvider genuine, int call) {
            BackendReport report = genuine.probe();
            Finding finding = new Finding("mutant.drift", "probe " + call, "the same", "none");
            return new BackendReport(
                    report.backendId(),
                    report.backendVersion(),
                    report.state(),
                    report.machineKind(),
                    List.of(finding));
        }
    },
    CONSTRUCTOR_STARTS_A_THREAD(BACKEND, DISC_04) {
        private static final AtomicInteger STARTED = new AtomicInteger();

        @Override
        public void construct() {
            if (STARTED.getAndIncrement() == 0) {
                Defect.leakThread();
            }
        }
    },
    REPORT_CLAIMS_HARDWARE(BACKEND, DISC_05) {
        @Override
        public BackendReport probe(BackendProvider genuine, int call) {
            BackendReport report = genuine.probe();
            return new BackendReport(
                    report.backendId(), report.backendVersion(), report.state(), MachineKind.REAL, report.findings());
        }
    },
    MISSING_LIBRARY_ENDS_THE_PROCESS(BACKEND, DISC_06) {
        @Override
        public BackendReport probe(BackendProvider genuine, int call) {
            if (System.getProperty("dray.native.path") != null) {
                Runtime.getRuntime().halt(1);
            }
            return genuine.probe();
        }
    },
    UNKNOWN_REQUIREMENT_IS_DROPPED(BACKEND, DISC_07) {
        @Override
        public Dray load(DrayOptions options) {
            DrayOptions.Builder known =
                    DrayOptions.builder().directory(options.directory().orElseThrow());
            options.required().stream()
                    .filter(it -> Providers.find(it).isPresent())
                    .forEach(known::require);
            options.denied().forEach(known::deny);
            return Dray.load(
                    known.closeTimeoutNanos(options.closeTimeoutNanos()).build());
        }
    },
    LOAD_FALLS_BACK(BACKEND, DISC_08) {
        @Override
        public Dray load(DrayOptions options) {
            try {
                return Dray.load(options);
            } catch (CopyException e) {
                return Dray.load(DrayOptions.builder()
                        .directory(options.directory().orElseThrow())
                        .build());
            }
        }
    },
    DENIED_BACKENDS_ARE_PROBED(BACKEND, DISC_09, DISC_16) {
        @Override
        public Dray load(DrayOptions options) {
            options.denied().stream().flatMap(it -> Providers.find(it).stream()).forEach(BackendProvider::probe);
            return Dray.load(options);
        }
    },
    ENGINES_ARE_LISTED_TWICE(SURFACE, DISC_06, DISC_10) {
        @Override
        public List<CopyEngine> engines(Dray genuine, List<CopyEngine> wrapped) {
            genuine.engines();
            return Stream.concat(wrapped.stream(), wrapped.stream()).toList();
        }
    },
    UNUSABLE_BACKENDS_ARE_HIDDEN(SURFACE, DISC_09, DISC_11, DISC_16) {
        @Override
        public List<BackendReport> reports(Dray genuine) {
            return genuine.reports().stream()
                    .filter(it -> it.state().isUsable())
                    .toList();
        }
    },
    SELECTION_DRIFTS(SURFACE, DISC_12) {
        private static final AtomicInteger CALLS = new AtomicInteger();

        @Override
        public Selection selection(Dray genuine) {
            Selection.Candidate candidate =
                    new Selection.Candidate(MutantProvider.ID, true, "load " + CALLS.incrementAndGet(), List.of());
            return new Selection(List.of(candidate));
        }
    },
    ENGINE_IS_MADE_ANEW(SURFACE, DISC_13) {
        @Override
        public CopyEngine engine(SurfaceDray dray, String id) {
            return new SurfaceEngine(dray.genuine().engine(id), dray, this);
        }
    },
    PEER_SPACE_IS_FORGOTTEN(SURFACE, DISC_14) {
        @Override
        public EngineInfo info(EngineInfo genuine) {
            return Infos.withoutSpace(genuine, Kind.PEER);
        }
    },
    SPI_VERSION_IS_NOT_NAMED(SURFACE, DISC_16) {
        @Override
        public List<BackendReport> reports(Dray genuine) {
            return genuine.reports().stream()
                    .map(it -> it.backendId().equals(FutureProvider.ID) ? new FutureProvider().probe() : it)
                    .toList();
        }
    };

    private final Layer layer;
    private final Set<Rule> broken;

    DiscoveryMutant(Layer layer, Rule... broken) {
        this.layer = layer;
        this.broken = Set.of(broken);
    }

    @Override
    public Set<Rule> broken() {
        return broken;
    }

    @Override
    public Layer layer() {
        return layer;
    }
}
