package org.dray.backend.cma;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.dray.Access;
import org.dray.Finding;
import org.dray.PeerId;
import org.dray.linux.Processes;
import org.dray.spi.BackendException;
import org.dray.spi.DriverPeer;
import org.dray.spi.DriverRegion;
import org.dray.spi.Extents;
import org.dray.spi.LocalMemory;
import org.dray.spi.PublishedRegion;

/** The program of another JVM: one command per line of standard input, one answer per line of standard output. */
final class OtherMain {
    private static final int PAGES = 16;

    private final TestInstance instance;
    private final CmaDriver driver;
    private final Pages pages = Pages.patterned(PAGES);

    private OtherMain(Path directory) throws BackendException {
        instance = new TestInstance(directory);
        driver = CmaDriver.open(instance);
    }

    public static void main(String[] arguments) throws Exception {
        OtherMain main = new OtherMain(Path.of(arguments[0]));
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            System.out.println(main.answer(line.split(" ", -1)));
        }
    }

    private String answer(String[] command) throws IOException {
        return switch (command[0]) {
            case "self" ->
                instance.self().pid() + " " + instance.self().uid() + " "
                        + instance.self().userNamespace() + " "
                        + instance.self().pidNamespace() + " "
                        + instance.aliveFile() + " " + pages.address() + " " + pages.lengthBytes();
            case "get" -> "" + pages.bytes().get(Integer.parseInt(command[1]));
            case "protect" -> protect(Integer.parseInt(command[1]), Integer.parseInt(command[2]));
            case "hide" -> hide();
            case "exec" -> exec();
            case "read" -> read(command);
            default -> throw new IllegalArgumentException(command[0]);
        };
    }

    private String protect(int page, int protection) {
        pages.protect(page, protection);
        return "done";
    }

    private static String hide() {
        Processes.setDumpable(false);
        return "done";
    }

    private static String exec() {
        Processes.execve("/bin/sleep", List.of("sleep", "60"), List.of());
        return "unreachable";
    }

    /** Reads a few bytes of the process that the arguments describe as the answer to "self" does. */
    private String read(String[] command) {
        PeerId owner = new PeerId(
                instance.self().bootIdHigh(),
                instance.self().bootIdLow(),
                Integer.parseInt(command[1]),
                Integer.parseInt(command[2]),
                0,
                Long.parseLong(command[4]),
                Long.parseLong(command[3]),
                0);
        Extents extents = Extents.of(Long.parseLong(command[6]), Long.parseLong(command[7]));
        try (DriverPeer peer = driver.connect(new TestLink(owner, false, Path.of(command[5])))) {
            DriverRegion far = peer.attach(new PublishedRegion(0, 1, Access.READ, false, extents));
            DriverRegion near = driver.wrap(LocalMemory.ofBuffers(List.of(ByteBuffer.allocateDirect(8))));
            TestCopy copy = new TestCopy(0);
            driver.copy(copy, far, 0, near, 0, 8);
            return copy.outcome() + " " + copy.explanation();
        } catch (BackendException e) {
            return e.status() + " " + e.errno() + " "
                    + e.findings().stream().map(Finding::toString).collect(Collectors.joining(" | "));
        }
    }
}
