package org.dray.backend.knem;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.dray.Dray;
import org.dray.DrayOptions;

/** The process that is killed: owns memory, or copies from and into another's. */
final class KillMain {
    static final String READY = "ready";
    static final String OFFER = "offer ";
    static final String BEGUN = "begun";
    static final String ENDED = "ended ";
    static final String FAILED = "failed";

    private KillMain() {}

    public static void main(String[] arguments) throws Exception {
        Dray dray = Dray.load(options(Path.of(arguments[0])));
        System.out.println(READY);
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split(" ", -1);
            Owned owned = new Owned(dray, Integer.MAX_VALUE);
            if (words[0].equals("own")) {
                System.out.println(OFFER + owned.offer());
            } else {
                Thread copier = new Thread(() -> copy(dray, words));
                copier.setDaemon(true);
                copier.start();
            }
        }
        Runtime.getRuntime().halt(0); // whoever started this has ended
    }

    static DrayOptions options(Path directory) {
        return DrayOptions.builder()
                .require(KnemProvider.ID)
                .directory(directory)
                .build();
    }

    private static void copy(Dray dray, String[] words) {
        try {
            Traffic traffic = new Traffic(dray, words[1], words[2], Long.parseLong(words[3]));
            traffic.awaitBegun();
            System.out.println(BEGUN);
            System.out.println(ENDED + traffic.end());
        } catch (Throwable e) {
            System.out.println(FAILED);
            e.printStackTrace(System.out);
        }
    }
}
