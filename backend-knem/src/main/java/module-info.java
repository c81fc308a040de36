/** Backend {@code knem}: single-copy transfers between processes through the device {@code /dev/knem}. */
module org.dray.backend.knem {
    requires transitive org.dray;
    requires org.dray.linux;
    requires static org.jspecify;

    provides org.dray.spi.BackendProvider with
            org.dray.backend.knem.KnemProvider;
}
