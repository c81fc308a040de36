package org.dray.tck;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The simulator, or Dray over it, with one defect; chosen by a system property, here and in the other processes. */
interface Mutant extends DriverDefects, SurfaceDefects {
    String PROPERTY = "dray.selftest.mutant";

    /** The correct backend. */
    Mutant NONE = none("NONE", Layer.BACKEND);

    /** The correct backend, seen through the wrappers that defects of the surface are put into. */
    Mutant WRAPPED_NONE = none("WRAPPED_NONE", Layer.SURFACE);

    /** The correct backend with a queue of its own. */
    Mutant QUEUED_NONE = none("QUEUED_NONE", Layer.BACKEND, DeviceQueue.DEPTH);

    String name();

    /** The rules that go red, and no others. */
    Set<Rule> broken();

    Layer layer();

    private static Mutant none(String name, Layer layer) {
        return none(name, layer, 0);
    }

    private static Mutant none(String name, Layer layer, int queueDepth) {
        return new Mutant() {
            @Override
            public int queueDepth() {
                return queueDepth;
            }

            @Override
            public String name() {
                return name;
            }

            @Override
            public Set<Rule> broken() {
                return Set.of();
            }

            @Override
            public Layer layer() {
                return layer;
            }
        };
    }

    static List<Mutant> all() {
        return Stream.<Mutant[]>of(
                        DiscoveryMutant.values(),
                        RegionMutant.values(),
                        SurfaceRegionMutant.values(),
                        UndeclaredMutant.values(),
                        TokenMutant.values(),
                        CopyMutant.values(),
                        SurfaceCopyMutant.values(),
                        SlowMutant.values(),
                        AsyncMutant.values(),
                        AsyncUseMutant.values(),
                        FutureMutant.values(),
                        CancelMutant.values(),
                        ErrorMutant.values(),
                        CloseMutant.values(),
                        ConcurrencyMutant.values(),
                        JvmMutant.values(),
                        PerformanceMutant.values())
                .flatMap(Stream::of)
                .toList();
    }

    static Mutant current() {
        String name = System.getProperty(PROPERTY, NONE.name());
        return Stream.concat(Stream.of(NONE, WRAPPED_NONE, QUEUED_NONE), all().stream())
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
