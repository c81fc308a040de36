package org.dray.tck;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The program of a {@link Peer}: reads requests, answers each, ends with its input. */
final class PeerMain {
    private PeerMain() {}

    /**
     * Runs.
     *
     * @param args the test class whose fixture names the backend
     * @throws IOException if the starter is gone
     * @throws ReflectiveOperationException if the test class cannot be made
     */
    public static void main(String[] args) throws IOException, ReflectiveOperationException {
        SignalTable signalsAtFirst = SignalTable.masksNow();
        Inertness inertness = Inertness.measure();
        PeerDesk desk = new PeerDesk(args[0], BackendTck.fixtureOf(args[0]), signalsAtFirst, inertness);
        try (BufferedReader requests = new BufferedReader(
                        new InputStreamReader(new FileInputStream(FileDescriptor.in), StandardCharsets.UTF_8));
                PrintStream replies =
                        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)) {
            for (String line = requests.readLine(); line != null; line = requests.readLine()) {
                replies.println(Wire.MARK + Wire.encode(answer(desk, Wire.decode(line))));
            }
        }
        // The starter is gone: nobody would wait for copies that still run.
        Runtime.getRuntime().halt(0);
    }

    private static List<Object> answer(PeerDesk desk, List<String> words) {
        List<Object> reply = new ArrayList<>();
        try {
            reply.add(Wire.OK);
            reply.addAll(desk.serve(words.get(0), words.subList(1, words.size())));
        } catch (Throwable e) {
            reply.clear();
            reply.add(Wire.FAILED);
            reply.addAll(PeerFailure.words(e));
        }
        return reply;
    }
}
