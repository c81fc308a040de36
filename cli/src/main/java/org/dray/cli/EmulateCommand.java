package org.dray.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a command in front of emulated devices. */
@Command(
        name = "emulate",
        mixinStandardHelpOptions = true,
        versionProvider = DrayCommand.Version.class,
        description = {
            "Runs a command that sees device files which this machine does not have: knem, as /dev/knem.",
            "",
            "Its children see them, too. The command must be a dynamically linked glibc program, or a script for one,"
                    + " with no more rights than its user has. docs/emulator.md says what is modelled and what is not."
        },
        customSynopsis = "dray emulate DEVICE[,DEVICE]... [--set [DEVICE.]NAME=VALUE]... [--trace FILE]"
                + " -- COMMAND [ARGUMENT]...",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "1:the emulator could not be started",
            "2:the arguments cannot be used, or the command would see no device",
            "70:the command did what would have crashed the kernel of a machine with the genuine driver",
            "n:what the command answered; 128 and more: it was ended by a signal"
        })
final class EmulateCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "DEVICE", description = "which devices, separated by commas: knem")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String devices;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "COMMAND", description = "what to run, with its arguments")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private List<String> command;

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "a parameter of a device, for example thread=0")
    private List<String> settings = List.of();

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            description = "writes each call that reaches a device, as JSON Lines")
    private @Nullable Path trace;

    @Override
    public Integer call() throws InterruptedException {
        try (EmulatorFiles files = EmulatorFiles.extract()) {
            Process emulator = new ProcessBuilder(arguments(files)).inheritIO().start();
            // Who ends this JVM ends the command as well.
            Thread end = new Thread(() -> stop(emulator, files), "dray-emulate-end");
            Runtime.getRuntime().addShutdownHook(end);
            int exitCode = emulator.waitFor();
            Runtime.getRuntime().removeShutdownHook(end);
            return exitCode;
        } catch (IOException e) {
            throw Failure.failed(e);
        }
    }

    private List<String> arguments(EmulatorFiles files) {
        List<String> all = new ArrayList<>(List.of(files.server().toString(), devices));
        for (String setting : settings) {
            all.addAll(List.of("--set", setting));
        }
        if (trace != null) {
            all.addAll(List.of("--trace", trace.toString()));
        }
        all.add("--");
        all.addAll(command);
        return all;
    }

    private static void stop(Process emulator, EmulatorFiles files) {
        emulator.destroy();
        emulator.onExit().join();
        files.close();
    }
}
