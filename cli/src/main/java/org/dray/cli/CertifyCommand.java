package org.dray.cli;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.dray.BackendReport;
import org.dray.CopyException;
import org.dray.Dray;
import org.dray.DrayOptions;
import org.dray.tck.Certification.Written;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the test kit against a backend, on a machine without Maven. */
@Command(
        name = "certify",
        mixinStandardHelpOptions = true,
        versionProvider = DrayCommand.Version.class,
        description = {
            "Runs the test kit (TCK) against a backend on the path and writes its certificate, for programs (JSON)"
                    + " and for people (HTML).",
            "",
            "Takes about a minute. The rules start further JVMs and kill some of them."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:certified",
            "1:a rule that every backend must keep has failed",
            "2:the arguments cannot be used, for example because there is no such backend",
            "3:a rule could not be run: nothing is proven; the certificate says why"
        })
final class CertifyCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Kit kit;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--backend", paramLabel = "NAME", required = true, description = "the backend, for example cma")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String backend;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "where the certificate goes; default: certificates/NAME in the working directory")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--json", description = "print a document of schema " + CertifyDocument.SCHEMA)
    private boolean json;

    /** {@link org.dray.tck.Certification#run}, or what a test puts in its place. */
    interface Kit {
        Written run(String backendId, Path directory, PrintWriter progress);
    }

    CertifyCommand(Terminal terminal, Kit kit) {
        this.terminal = terminal;
        this.kit = kit;
    }

    @Override
    public Integer call() {
        requireOnThePath();
        Written written = run(out.orElse(Path.of("certificates", backend)).toAbsolutePath());
        PrintWriter result = spec.commandLine().getOut();
        if (json) {
            Json.print(result, CertifyDocument.of(written));
        } else {
            new CertifyText(terminal).lines(written).forEach(result::println);
        }
        return written.certificate().verdict().exitCode();
    }

    /** A misspelled name would be an incomplete certificate, which is a strange answer. */
    private void requireOnThePath() {
        List<String> known;
        try (Dray dray = Dray.load(DrayOptions.builder().build())) {
            known = dray.reports().stream().map(BackendReport::backendId).toList();
        } catch (CopyException e) {
            throw Failure.failed(e);
        }
        if (!known.contains(backend)) {
            String those = known.isEmpty() ? "is none at all" : "are " + String.join(", ", known);
            throw new ParameterException(
                    spec.commandLine(), "no backend '" + backend + "' is on the path; there " + those);
        }
    }

    private Written run(Path directory) {
        StatusLine line = new StatusLine(terminal, spec.commandLine().getErr());
        try (PrintWriter progress = new PrintWriter(new KitProgress(line))) {
            return kit.run(backend, directory, progress);
        } catch (UncheckedIOException e) {
            throw Failure.failed(e);
        } finally {
            line.clear();
        }
    }
}
