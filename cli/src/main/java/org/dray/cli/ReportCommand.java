package org.dray.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.dray.cli.report.Matrix;
import org.dray.cli.report.ReadmeTable;
import org.dray.cli.report.ReportFiles;
import org.dray.cli.report.UnusableCertificateException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts certificates side by side. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        versionProvider = DrayCommand.Version.class,
        description = {
            "Prints certificates side by side, rule by rule, and writes the same for browsers (HTML) and for pages of"
                    + " text (Markdown).",
            "",
            "Reads nothing but the files: certificate.json, as 'dray certify' and the builds of backends write it."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every certificate says CERTIFIED",
            "1:one says FAILED, or a file could not be written",
            "2:the arguments cannot be used, for example because a file is not a certificate",
            "3:one says INCOMPLETE, and none FAILED"
        })
final class ReportCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "certificates, for example certificates/*/*.json")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private List<Path> files;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "certificates",
            description = "where report.html and report.md go; default: ${DEFAULT-VALUE} in the working directory")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path out;

    @Option(
            names = "--readme",
            paramLabel = "PAGE",
            description = "also write backends, machine kinds and verdicts into the marked part of this page")
    private Optional<Path> readme = Optional.empty();

    @Option(names = "--json", description = "print a document of schema " + ReportDocument.SCHEMA)
    private boolean json;

    ReportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Matrix matrix = read();
        ReportFiles written = write(matrix);
        PrintWriter result = spec.commandLine().getOut();
        if (json) {
            Json.print(result, ReportDocument.of(matrix, written));
        } else {
            new ReportText(terminal).lines(matrix, written).forEach(result::println);
        }
        return matrix.verdict().exitCode();
    }

    private Matrix read() {
        try {
            return Matrix.read(files);
        } catch (UnusableCertificateException e) {
            throw Failure.usage(e);
        }
    }

    private ReportFiles write(Matrix matrix) {
        try {
            if (readme.isPresent()) {
                ReadmeTable.replace(readme.get(), matrix);
            }
            return ReportFiles.write(matrix, out.toAbsolutePath());
        } catch (IOException e) {
            throw Failure.failed(e);
        }
    }
}
