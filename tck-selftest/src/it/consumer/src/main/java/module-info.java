/** A backend by somebody else. */
module com.example.toy {
    requires transitive org.dray;

    provides org.dray.spi.BackendProvider with
            com.example.toy.ToyProvider;
}
