package org.dray.cli;

import org.dray.cli.demo.Peer;
import org.dray.tck.Certification;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Starts the command; the launcher {@code ./dray} calls it. */
public final class Main {
    /** What picocli can lay a help text out for, and what people like to read. */
    private static final int NARROWEST_COLUMNS = 55;

    private static final int WIDEST_COLUMNS = 120;

    private Main() {}

    /** Runs one command and ends the JVM with its exit code. */
    public static void main(String[] args) {
        Terminal terminal = Terminal.detect();
        CommandLine line = commandLine(
                terminal,
                new DemoCommand(terminal, Peer.class),
                new DoctorCommand(terminal, DoctorReport::examine),
                new CertifyCommand(terminal, Certification::run),
                new ReportCommand(terminal),
                new EmulateCommand());
        System.exit(line.execute(args));
    }

    static CommandLine commandLine(Terminal terminal, Object... subcommands) {
        CommandLine line = new CommandLine(new DrayCommand());
        for (Object subcommand : subcommands) {
            line.addSubcommand(subcommand);
        }
        return line.setColorScheme(Help.defaultColorScheme(terminal.ansi()))
                .setUsageHelpWidth(Math.max(NARROWEST_COLUMNS, Math.min(terminal.columns(), WIDEST_COLUMNS)))
                .setParameterExceptionHandler((problem, arguments) -> explainUsage(problem))
                .setExecutionExceptionHandler(Main::explainFailure);
    }

    private static int explainUsage(ParameterException problem) {
        CommandLine line = problem.getCommandLine();
        line.getErr().println("dray: " + problem.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(problem, line.getErr())) {
            line.getErr().println("Try '" + line.getCommandSpec().qualifiedName() + " --help' for what there is.");
        }
        return ExitCodes.USAGE;
    }

    private static int explainFailure(Exception problem, CommandLine line, ParseResult arguments) {
        if (problem instanceof Failure failure) {
            line.getErr().println("dray: " + failure.getMessage());
            return failure.exitCode();
        }
        line.getErr().println("dray: this is a defect of dray, please report it with these lines:");
        problem.printStackTrace(line.getErr());
        return ExitCodes.FAILED;
    }
}
