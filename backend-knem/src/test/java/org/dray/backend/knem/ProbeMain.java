package org.dray.backend.knem;

import java.io.IOException;
import org.dray.BackendReport;

/** Probes twice, in a JVM of its own: prints what the first answered and what the second left behind. */
final class ProbeMain {
    static final String LEFT = "left behind: ";

    private ProbeMain() {}

    public static void main(String[] arguments) throws IOException {
        BackendReport report = new KnemProvider().probe();
        System.out.println(report);
        Traces.now(); // the JDK keeps a descriptor once it has read a file
        Traces before = Traces.now();
        new KnemProvider().probe();
        System.out.println(LEFT + before.left());
    }
}
