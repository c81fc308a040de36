/** The backend of a device that does not exist. */
module com.example.strict {
    requires transitive org.dray;

    provides org.dray.spi.BackendProvider with
            com.example.strict.StrictProvider;
}
