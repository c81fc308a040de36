package org.dray.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;

/**
 * One command, run inside this JVM.
 *
 * @param exitCode what it answered
 * @param out what it printed as its result
 * @param err what it said besides
 */
record Run(int exitCode, String out, String err) {

    static Run of(Terminal terminal, List<Object> subcommands, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine(terminal, subcommands.toArray())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        int exitCode = line.execute(arguments);
        return new Run(exitCode, out.toString(), err.toString());
    }

    static Run of(Object subcommand, String... arguments) {
        return of(Terminal.NONE, List.of(subcommand), arguments);
    }
}
