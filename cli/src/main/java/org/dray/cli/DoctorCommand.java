package org.dray.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what works here, what does not, and what would help. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        versionProvider = DrayCommand.Version.class,
        description = {
            "Lists every backend on the path with its state, what it found out about this machine and what would help,"
                    + " and says which one Dray takes and why.",
            "",
            "Obeys the system properties dray.backend, dray.prefer, dray.deny and dray.directory, for example by"
                    + " JDK_JAVA_OPTIONS=-Ddray.deny=cma."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:a program would get a backend here",
            "1:it would not; the findings say why",
            "2:the arguments cannot be used"
        })
final class DoctorCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Supplier<DoctorReport> examination;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--json", description = "print a document of schema " + DoctorDocument.SCHEMA)
    private boolean json;

    DoctorCommand(Terminal terminal, Supplier<DoctorReport> examination) {
        this.terminal = terminal;
        this.examination = examination;
    }

    @Override
    public Integer call() {
        DoctorReport report = examination.get();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Json.print(out, DoctorDocument.of(report));
        } else {
            new DoctorText(terminal).lines(report).forEach(out::println);
        }
        return report.isHealthy() ? ExitCodes.OK : ExitCodes.FAILED;
    }
}
