package org.dray.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.dray.CopyException;
import org.dray.cli.demo.Demo;
import org.dray.cli.demo.DemoResult;
import org.dray.cli.demo.UnusableFileException;
import org.dray.cli.demo.WayKind;
import org.dray.cli.demo.WayResult.Outcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the main job on a real file. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        versionProvider = DrayCommand.Version.class,
        description = {
            "Hands a file from this JVM to a second one, by every backend that works here and by what plain Java"
                    + " offers, and compares.",
            "",
            "The second JVM fetches the bytes into memory that it has touched before. Only that is timed: not making"
                    + " the connection, and not the SHA-256 that is checked after every transfer. All ways take"
                    + " turns, once to warm up and then in as many rounds as asked; shown is the median. Streams read"
                    + " and write direct buffers, with the buffer sizes that the system gives them. GiB are 2^30 bytes."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every backend that works here and every stream brought the right bytes",
            "1:a transfer failed or brought wrong bytes",
            "2:the arguments or the file cannot be used",
            "3:no backend works here, or one could not connect the two processes"
        })
final class DemoCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Class<?> peerMain;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "what to hand over; default: lib/modules of the running JDK, a file of over 100 MB")
    private Path file = Path.of(System.getProperty("java.home"), "lib", "modules");

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "how often each way is timed; default: ${DEFAULT-VALUE}")
    private int rounds;

    @Option(names = "--json", description = "print a document of schema " + DemoDocument.SCHEMA)
    private boolean json;

    DemoCommand(Terminal terminal, Class<?> peerMain) {
        this.terminal = terminal;
        this.peerMain = peerMain;
    }

    @Override
    public Integer call() {
        if (rounds < 1 || rounds > 100) {
            throw new ParameterException(spec.commandLine(), "--rounds is 1 to 100, not " + rounds);
        }
        PrintWriter out = spec.commandLine().getOut();
        DemoResult result = run(spec.commandLine().getErr());
        if (json) {
            Json.print(out, DemoDocument.of(result, Machine.current()));
        } else {
            new DemoText(terminal).lines(result, Machine.current()).forEach(out::println);
        }
        return exitCode(result);
    }

    private DemoResult run(PrintWriter err) {
        try (ProgressLine progress = new ProgressLine(new StatusLine(terminal, err))) {
            return new Demo(peerMain, file, rounds, progress).run();
        } catch (UnusableFileException e) {
            throw Failure.usage(e);
        } catch (IOException | CopyException | IllegalArgumentException e) {
            throw Failure.failed(e);
        }
    }

    private static int exitCode(DemoResult result) {
        if (result.ways().stream().anyMatch(way -> way.outcome() == Outcome.FAILED)) {
            return ExitCodes.FAILED;
        }
        boolean anyBackend = result.ways().stream().anyMatch(way -> way.kind() != WayKind.PLAIN);
        boolean allConnected = result.ways().stream().allMatch(way -> way.outcome() == Outcome.VERIFIED);
        return anyBackend && allConnected ? ExitCodes.OK : ExitCodes.INCOMPLETE;
    }
}
