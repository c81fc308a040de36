package org.dray.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The launcher in a directory of its own, among tools that only say that they were called. */
final class LauncherProject {
    private static final List<String> REAL_TOOLS = List.of(
            "bash",
            "cat",
            "cksum",
            "dirname",
            "env",
            "find",
            "flock",
            "grep",
            "head",
            "mkdir",
            "readlink",
            "rm",
            "sed",
            "sort",
            "tail",
            "tee",
            "xargs");

    private final Path root;
    private Path javaHome = Path.of("");

    private LauncherProject(Path root) {
        this.root = root;
    }

    /**
     * What a run of the launcher came to.
     *
     * @param exitCode what it answered
     * @param out standard output
     * @param err standard error
     */
    record Result(int exitCode, String out, String err) {}

    static LauncherProject layOut(Path root) throws IOException {
        LauncherProject project = new LauncherProject(root);
        Files.createDirectories(project.bin());
        Files.createDirectories(project.sources());
        Files.copy(Path.of("..", "dray"), project.sources().resolve("dray"), StandardCopyOption.COPY_ATTRIBUTES);
        project.source("pom.xml", "<project/>");
        project.source("api/src/main/java/A.java", "class A {}");
        for (String tool : REAL_TOOLS) {
            project.link(tool);
        }
        script(project.bin().resolve("mvn"), "echo \"$JAVA_HOME $*\" >>'" + project.log() + "'");
        script(project.bin().resolve("gcc"), "cat >/dev/null");
        script(project.bin().resolve("make"), "");
        script(project.jdk().resolve("bin/javac"), "");
        script(project.jdk().resolve("bin/java"), "printf '%s\\n' \"$@\"");
        Files.writeString(project.jdk().resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");
        Files.createSymbolicLink(project.bin().resolve("java"), project.jdk().resolve("bin/java"));
        return project;
    }

    private void link(String tool) throws IOException {
        Path usual = Path.of("/usr/bin", tool);
        script(bin().resolve(tool), "exec " + (Files.exists(usual) ? usual : Path.of("/bin", tool)) + " \"$@\"");
    }

    static void script(Path path, String body) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    Path root() {
        return root;
    }

    Path sources() {
        return root.resolve("a project");
    }

    Path bin() {
        return root.resolve("some tools");
    }

    Path jdk() {
        return root.resolve("a jdk");
    }

    Path log() {
        return root.resolve("mvn.log");
    }

    Path source(String path, String text) throws IOException {
        Path file = sources().resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    LauncherProject javaHome(Path directory) {
        javaHome = directory;
        return this;
    }

    long builds() throws IOException {
        return Files.exists(log()) ? Files.readAllLines(log()).size() : 0;
    }

    /** Runs it from another directory, with nothing in the environment but the tools. */
    Result dray(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(arguments));
        command.add(0, sources().resolve("dray").toString());
        Path out = root.resolve("out");
        Path err = root.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(root.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", bin().toString());
        if (!javaHome.toString().isEmpty()) {
            builder.environment().put("JAVA_HOME", javaHome.toString());
        }
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
