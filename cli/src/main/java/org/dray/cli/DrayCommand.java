package org.dray.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.dray.Dray;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command without a subcommand: says what there is. */
@Command(
        name = "dray",
        mixinStandardHelpOptions = true,
        versionProvider = DrayCommand.Version.class,
        description = "Moves memory between processes of one host with a single copy.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Results go to standard output, everything else to standard error. 'dray COMMAND --help' says more.",
            "Further backends are found in the jars that CLASSPATH names. NO_COLOR switches colours off."
        })
final class DrayCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCodes.USAGE;
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"dray " + text()};
        }

        /** What Maven wrote into the jar of the API; a manifest is not to be had of a module. */
        static String text() {
            Properties facts = new Properties();
            try (InputStream in = Dray.class.getResourceAsStream("/META-INF/maven/org.dray/dray-api/pom.properties")) {
                if (in != null) {
                    facts.load(in);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("the jar of the API is damaged", e);
            }
            return facts.getProperty("version", "(not packaged)");
        }
    }
}
