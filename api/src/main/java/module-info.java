/**
 * Dray: what a framework sees ({@link org.dray}), what a backend implements ({@link org.dray.spi}), and the core
 * between them.
 */
module org.dray {
    requires static org.jspecify;

    exports org.dray;
    exports org.dray.spi;

    uses org.dray.spi.BackendProvider;
}
