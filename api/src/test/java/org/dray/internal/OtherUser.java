package org.dray.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.dray.PeerId;
import org.dray.RegionToken;

/** A JVM of another user with a Dray of its own, which does what it is told until its input ends. */
final class OtherUser implements AutoCloseable {
    static final int UID = 12345;

    private final Process process;
    private final BufferedReader answers;
    private final PrintStream commands;

    /** Starts it with a umask; its classes and its Dray are in directories that this user may pass. */
    OtherUser(int uid, Path classes, Path drays, String umask) throws IOException {
        process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "umask " + umask + " && exec setpriv --reuid " + uid + " --regid " + uid
                                + " --clear-groups \"$@\"",
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-cp",
                        classes.toString(),
                        OtherUserMain.class.getName(),
                        drays.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        answers = process.inputReader(StandardCharsets.US_ASCII);
        commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.US_ASCII);
    }

    static void assumeThatThereCanBeOne() throws Exception {
        int uid = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        assumeTrue(uid == 0, "only root starts a JVM of another user, and this one runs as uid " + uid);
        Process tried = new ProcessBuilder(
                        "setpriv", "--reuid", "" + UID, "--regid", "" + UID, "--clear-groups", "true")
                .start();
        assumeTrue(
                tried.waitFor(20, TimeUnit.SECONDS) && tried.exitValue() == 0,
                "setpriv cannot make a process of uid " + UID + " here");
    }

    /** Copies the classes to where every user may read them, whatever modes the build gave them. */
    static Path copyClasses(Path to) throws IOException {
        for (String from : System.getProperty("dray.test.classPath").split(":")) {
            try (Stream<Path> files = Files.walk(Path.of(from))) {
                for (Path file : files.toList()) {
                    Path copy = to.resolve(Path.of(from).relativize(file).toString());
                    if (Files.isDirectory(file)) {
                        Files.createDirectories(copy);
                        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
                    } else {
                        Files.copy(file, copy);
                        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-r--r--"));
                    }
                }
            }
        }
        return to;
    }

    /** What it answers to a command: its words, of which the last may have blanks. */
    List<String> ask(String command) throws IOException {
        commands.println(command);
        String line = answers.readLine();
        assertThat(line).as("answer to " + command).isNotNull();
        return List.of(line.split(" ", 3));
    }

    PeerId self() throws IOException {
        return PeerId.parse(HexFormat.of().parseHex(ask("self").get(0)));
    }

    void admit(PeerId peer) throws IOException {
        assertThat(ask("admit " + HexFormat.of().formatHex(peer.toBytes()))).containsExactly("done");
    }

    RegionToken share() throws IOException {
        return RegionToken.parse(HexFormat.of().parseHex(ask("share").get(0)));
    }

    /** {@code done}; or a status, the check of a finding, and its remedy. */
    List<String> attach(RegionToken token) throws IOException {
        return ask("attach " + HexFormat.of().formatHex(token.toBytes()));
    }

    /** By SIGKILL. */
    void kill() {
        assertThat(process.destroyForcibly()
                        .onExit()
                        .orTimeout(60, TimeUnit.SECONDS)
                        .join())
                .isNotNull();
    }

    @Override
    public void close() {
        kill();
    }
}
