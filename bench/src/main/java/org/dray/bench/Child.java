package org.dray.bench;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** Another process that is talked to in lines, and that ends with this object. */
final class Child implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;
    private final Writer input;

    private Child(List<String> command) throws IOException {
        this.process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        this.output = process.inputReader(StandardCharsets.UTF_8);
        this.input = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** A JVM like this one, with the same modules and classes. */
    static Child java(Class<?> mainClass, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        String modulePath = System.getProperty("jdk.module.path");
        if (modulePath != null) {
            command.addAll(List.of("--module-path", modulePath, "--add-modules", "ALL-MODULE-PATH"));
        }
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path")));
        if (mainClass.getModule().isNamed()) {
            command.addAll(List.of("--module", mainClass.getModule().getName() + "/" + mainClass.getName()));
        } else {
            command.add(mainClass.getName());
        }
        command.addAll(List.of(arguments));
        return new Child(command);
    }

    /** The loop in C, which lies in this module's jar. */
    static Child cLoop(Path directory, CmaOwner.Address address, int maxBytes) throws IOException {
        Path program = directory.resolve("cma-loop");
        try (InputStream packed = Child.class.getResourceAsStream("/META-INF/bench/cma-loop")) {
            if (packed == null) {
                throw new IOException("this build has no cma-loop: build the module bench with make and gcc");
            }
            Files.copy(packed, program);
        }
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return new Child(List.of(
                program.toString(),
                Integer.toString(address.pid()),
                Long.toString(address.address()),
                address.aliveFile().toString(),
                Integer.toString(maxBytes)));
    }

    String readLine() throws IOException {
        String line = output.readLine();
        if (line == null) {
            throw new EOFException("the child process has ended");
        }
        return line;
    }

    void writeLine(String line) throws IOException {
        input.write(line + "\n");
        input.flush();
    }

    /** Both programs end when their input does. */
    @Override
    public void close() throws IOException {
        input.close();
        output.close();
        process.onExit().join();
    }
}
