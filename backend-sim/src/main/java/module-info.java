/** A simulated host in pure Java: every kind of space, every route, between processes, on any operating system. */
module org.dray.backend.sim {
    requires transitive org.dray;
    requires static org.jspecify;

    provides org.dray.spi.BackendProvider with
            org.dray.backend.sim.SimProvider;
}
