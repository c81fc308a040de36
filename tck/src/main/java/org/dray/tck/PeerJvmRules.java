package org.dray.tck;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Rules about what a JVM that uses a backend must not notice, looked at from another process. */
abstract class PeerJvmRules extends RuleGroup {
    @Verifies(Rule.JVM_01)
    final void jvm01_signalHandlersStayAsTheyAre() {
        peer().useOnce();
        String changed = peer().changedSignals();
        Expect.that(changed.isEmpty(), "changed since the process began: " + changed);
    }

    @Verifies(Rule.JVM_02)
    final void jvm02_nothingIsPrinted() throws IOException {
        Path noHandlers = kit().directory().resolve("logging.properties");
        Files.writeString(noHandlers, "handlers=\n");
        Peer quiet = scene().ownPeer(
                        "-Djava.util.logging.config.file=" + noHandlers,
                        "-Djdk.system.logger.level=OFF",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=off");
        quiet.useOnce();
        quiet.reset();
        List<String> printed = quiet.printed();
        Expect.same(List.of(), printed, "what a process printed that loaded, used and closed Dray");
    }

    @Verifies(Rule.JVM_06)
    final void jvm06_classLoaderCanBeDropped() {
        // Newer JDKs hold on to types softly, in caches of their own.
        Peer peer = scene().ownPeer("-XX:SoftRefLRUPolicyMSPerMB=0");
        peer.useOnce();
        String wrong = peer.dropLoader(scene().drayDirectory());
        Expect.that(wrong.isEmpty(), "in a class loader of its own: " + wrong);
    }
}
