/**
 * The {@code dray} command: what works on this machine, how fast it is on a real file, and whether a backend keeps the
 * contract. Backends are found at run time.
 */
module org.dray.cli {
    requires com.fasterxml.jackson.databind;
    requires info.picocli;
    requires java.management;
    requires jdk.management;
    requires me.tongfei.progressbar;
    requires org.dray;
    requires org.dray.tck;
    requires static org.jspecify;

    opens org.dray.cli to
            info.picocli;
    opens org.dray.cli.demo to
            com.fasterxml.jackson.databind;
}
