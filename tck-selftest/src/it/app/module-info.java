/** A program by somebody else: it knows the API, and no backend. */
module com.example.app {
    requires org.dray;
}
