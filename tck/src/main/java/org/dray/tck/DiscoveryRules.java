package org.dray.tck;

import static org.dray.AddressSpace.Kind.DEVICE;
import static org.dray.AddressSpace.Kind.LOCAL;
import static org.dray.AddressSpace.Kind.PEER;
import static org.dray.AddressSpace.Kind.PERSISTENT;

import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.dray.AddressSpace;
import org.dray.AddressSpace.Kind;
import org.dray.BackendReport;
import org.dray.Capability;
import org.dray.CopyStatus;
import org.dray.EngineInfo;
import org.dray.RouteInfo;
import org.dray.spi.BackendProvider;

/** Rules about what a backend says about itself. */
abstract class DiscoveryRules extends RuleGroup {
    static final int PROBES = 30;

    private static final Duration PROBE_LIMIT = Duration.ofSeconds(2);

    @Verifies(Rule.DISC_01)
    final void disc01_probeAnswersQuicklyAndThrowsNothing() {
        BackendProvider provider = Providers.find(kit().backendId()).orElseThrow();
        for (int i = 0; i < 3; i++) {
            long start = System.nanoTime();
            BackendReport report = provider.probe();
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            Expect.same(kit().backendId(), report.backendId(), "the backend of the report");
            Expect.that(took.compareTo(PROBE_LIMIT) <= 0, "probe " + i + " took " + took);
        }
    }

    @Verifies(Rule.DISC_02)
    final void disc02_probeLeavesNothingBehind() {
        BackendProvider provider = Providers.find(kit().backendId()).orElseThrow();
        provider.probe();
        Traces before = Traces.now();
        long mappings = Traces.mappingCount();
        for (int i = 1; i < PROBES; i++) {
            provider.probe();
        }
        Expect.same(List.of(), before.left(), "what " + PROBES + " probes left behind");
        long grown = Traces.mappingCount() - mappings;
        Expect.that(grown < PROBES / 2, PROBES + " probes left " + grown + " mappings behind");
    }

    @Verifies(Rule.DISC_03)
    final void disc03_probesGiveEqualReports() {
        BackendProvider provider = Providers.find(kit().backendId()).orElseThrow();
        BackendReport first = provider.probe();
        Expect.same(first, provider.probe(), "the second report");
        Set<BackendReport> reports = Collections.synchronizedSet(new HashSet<>());
        Expect.outcomes(Race.of(8, () -> reports.add(provider.probe())), Race.OK);
        Expect.same(Set.of(first), reports, "the set of reports from eight threads");
    }

    @Verifies(Rule.DISC_04)
    final void disc04_constructingTheProviderIsInert() {
        Expect.same(
                "", kit().warmPeer().inertness(kit().backendId()), "what constructing the provider brought with it");
    }

    @Verifies(Rule.DISC_05)
    final void disc05_providerReportAndEngineAgree() {
        BackendProvider provider = kit().provider();
        BackendReport report = provider.probe();
        EngineInfo info = engine().info();
        Expect.same(provider.id(), report.backendId(), "the id in the report");
        Expect.same(provider.id(), info.engineId(), "the id in the engine's info");
        Expect.same(provider.version(), report.backendVersion(), "the version in the report");
        Expect.same(provider.version(), info.backendVersion(), "the version in the engine's info");
        Expect.same(report.machineKind(), info.machineKind(), "the machine kind in the engine's info");
    }

    @Verifies(Rule.DISC_06)
    final void disc06_missingNativeLibraryIsAReportAndNoError() {
        Peer without = scene().closeLater(Peer.start(kit(), "-Ddray.native.path=/nonexistent/libdray.so"));
        try {
            Reply reply = without.select("require", scene().drayDirectory(), kit().backendId());
            Expect.same(kit().backendId(), reply.text(1), "the engines that were opened");
        } catch (PeerFailure e) {
            Expect.same(CopyStatus.UNAVAILABLE, e.status().orElse(CopyStatus.OK), "the status of " + e.getMessage());
            Expect.mentions(String.valueOf(e.getMessage()), "remedy");
        }
    }

    @Verifies(Rule.DISC_14)
    final void disc14_infoIsConsistent() {
        EngineInfo info = engine().info();
        Set<Kind> kinds = info.spaces().stream().map(AddressSpace::kind).collect(Collectors.toSet());
        Expect.that(kinds.contains(LOCAL), "there is no LOCAL space among " + info.spaces());
        Expect.same(info.has(Capability.SHARE), kinds.contains(PEER), "whether there is a PEER space");
        Expect.same(info.has(Capability.DEVICE_SPACE), kinds.contains(DEVICE), "whether there is a DEVICE space");
        Expect.same(
                info.has(Capability.PERSISTENT_SPACE),
                kinds.contains(PERSISTENT),
                "whether there is a PERSISTENT space");
        Expect.same(
                info.has(Capability.THIRD_PARTY),
                info.route(PEER, PEER).isPresent(),
                "whether there is a route PEER->PEER");
        Set<List<Kind>> pairs = new HashSet<>();
        for (RouteInfo route : info.routes()) {
            Kind from = route.route().source();
            Kind to = route.route().destination();
            Expect.that(pairs.add(List.of(from, to)), "there are two routes " + from + "->" + to);
            Expect.that(kinds.contains(from) && kinds.contains(to), "no space for one end of " + route.route());
        }
        Expect.refused(
                UnsupportedOperationException.class,
                "changing the capabilities",
                () -> info.capabilities().clear());
    }
}
