package org.dray.hammer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What came out of many rounds in a process of its own.
 *
 * @param notes what it held before and after
 * @param failures what grew
 */
record Repeating(List<String> notes, List<String> failures) {
    private static final int REGIONS = 4000;
    private static final int INSTANCES = 50;
    private static final long LINE_MILLIS = TimeUnit.MINUTES.toMillis(30);

    /** As often as the properties say, by default so often that it takes seconds. */
    static Repeating of(String backend, Path logs) throws IOException, InterruptedException {
        Repeating result = new Repeating(new ArrayList<>(), new ArrayList<>());
        Path directory = Scratch.create();
        List<String> arguments = List.of(
                backend,
                directory.toString(),
                Integer.toString(Integer.getInteger("dray.repeat.regions", REGIONS)),
                Integer.toString(Integer.getInteger("dray.repeat.instances", INSTANCES)));
        try (Child child = new Child(RepeatMain.class, arguments, 0, logs, line -> {})) {
            String line = child.next(LINE_MILLIS);
            for (; line != null && !line.equals("eof"); line = child.next(LINE_MILLIS)) {
                result.take(line.replace("\\n", "\n"));
            }
            if (line == null) {
                result.failures.add(child.description() + " hangs");
            } else {
                child.end().ifPresent(result.failures::add);
            }
            result.failures.addAll(child.complaints());
        } finally {
            Scratch.delete(directory);
        }
        return result;
    }

    private void take(String line) {
        if (line.startsWith("note ")) {
            notes.add(line.substring(5));
        } else if (line.startsWith("fail ")) {
            failures.add(line.substring(5));
        }
    }
}
