/**
 * Backend {@code cma}: copies between processes with two system calls that every Linux kernel has. No driver, no
 * device.
 */
module org.dray.backend.cma {
    requires transitive org.dray;
    requires org.dray.linux;
    requires static org.jspecify;

    provides org.dray.spi.BackendProvider with
            org.dray.backend.cma.CmaProvider;
}
