/** Benchmarks: two processes, and a loop in C to compare with. */
module org.dray.bench {
    requires org.dray;
    requires org.dray.linux;
    requires jdk.management;
    requires static org.jspecify;
}
