package org.dray.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each case in a JVM of its own, since a library is loaded once. */
class LoaderTest {
    private static final String LOADED = "loaded, page size " + Memory.pageSizeBytes() + "\n";

    @TempDir
    Path directory;

    private Path place;
    private Path noDirectory;

    @BeforeEach
    void prepare() throws IOException {
        place = Files.createDirectory(directory.resolve("place"));
        noDirectory = Files.writeString(directory.resolve("file"), "not a directory");
    }

    @Test
    void theChosenDirectoryIsUsedAndLeftEmpty() throws IOException {
        assertThat(probe("-Ddray.native.dir=" + place)).isEqualTo(LOADED);
        assertThat(place).isEmptyDirectory();
    }

    @Test
    void aMissingDirectoryIsMadeForTheOwnerOnly() throws IOException {
        Path missing = place.resolve("a/b");
        assertThat(probe("-Ddray.native.dir=" + missing)).isEqualTo(LOADED);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(missing)))
                .isEqualTo("rwx------");
    }

    @Test
    void aDirectoryThatIsNoneIsReported() {
        assertThat(probe("-Ddray.native.dir=" + noDirectory))
                .contains("libdray.so could not be loaded", noDirectory.toString(), "suppressed: 1", "refused: true");
    }

    @Test
    void theNextPlaceIsTriedWhenTheTemporaryDirectoryIsNone() {
        assertThat(probe(Map.of("XDG_RUNTIME_DIR", place.toString()), "-Djava.io.tmpdir=" + noDirectory))
                .endsWith(LOADED);
    }

    @Test
    void theHomeDirectoryIsTheLastPlace() {
        assertThat(probe(Map.of(), "-Djava.io.tmpdir=" + noDirectory, "-Duser.home=" + place))
                .endsWith(LOADED);
        assertThat(place.resolve(".cache/dray")).isEmptyDirectory();
    }

    @Test
    void everyPlaceThatFailedIsListed() {
        Map<String, String> environment = Map.of("XDG_RUNTIME_DIR", noDirectory.toString());
        assertThat(probe(environment, "-Djava.io.tmpdir=" + noDirectory, "-Duser.home=" + noDirectory))
                .contains(noDirectory + ":", noDirectory.resolve(".cache/dray") + ":", "suppressed: 3");
    }

    @Test
    void aDirectoryWhereEverybodyMayReplaceFilesIsRefused() throws IOException {
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(probe("-Ddray.native.dir=" + place)).contains("everybody may write there", "suppressed: 1");
    }

    @Test
    void aFileSystemThatExecutesNothingIsNamedAsTheReason() {
        String mount = "mount -t tmpfs -o noexec tmpfs " + place;
        assumeTrue(
                run(Map.of(), List.of("unshare", "-rm", "sh", "-c", mount + " && echo mounted"))
                        .equals("mounted\n"),
                "no mount namespace can be made here");
        List<String> java = Peer.java(LoaderProbe.class.getName(), "-Ddray.native.dir=" + place);
        assertThat(run(Map.of(), List.of("unshare", "-rm", "sh", "-c", mount + " && exec " + String.join(" ", java))))
                .contains(place + " is on a file system mounted noexec: set -Ddray.native.dir", "suppressed: 1");
    }

    @Test
    void aNamedFileIsLoadedAsItIs() throws IOException {
        String architecture = System.getProperty("os.arch").equals("amd64") ? "x86_64" : "aarch64";
        Path built = Path.of(Peer.CLASS_PATH.split(":", -1)[0], "META-INF/native/linux-" + architecture, "libdray.so");
        assertThat(probe("-Ddray.native.path=" + built)).isEqualTo(LOADED);
    }

    @Test
    void aNamedFileThatIsMissingHasNoFallback() {
        assertThat(probe("-Ddray.native.path=" + directory + "/libdray.so"))
                .contains("-Ddray.native.path=" + directory + "/libdray.so", "suppressed: 0", "refused: true");
    }

    @Test
    void aNamedFileThatIsNoLibraryHasNoFallback() {
        assertThat(probe("-Ddray.native.path=" + noDirectory)).contains(noDirectory.toString(), "suppressed: 0");
    }

    @Test
    void aJarWithoutTheLibrarySaysWhatIsMissing() throws IOException {
        Path classes = Files.createSymbolicLink(
                place.resolve("org"), Path.of(Peer.CLASS_PATH.split(":", -1)[0], "org"));
        String classPath = place + ":" + Peer.CLASS_PATH.split(":", -1)[1];
        List<String> java = Peer.java(LoaderProbe.class.getName(), "-Ddray.native.dir=" + directory);
        java.set(java.indexOf("-cp") + 1, classPath);
        assertThat(run(Map.of(), java)).contains("the jar has no /META-INF/native/linux-", "libdray.so");
        Files.delete(classes);
    }

    @Test
    void twentyFourJvmsAtOnceLeaveNothingBehind() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            processes.add(start(Map.of(), Peer.java(LoaderProbe.class.getName(), "-Djava.io.tmpdir=" + place)));
        }
        for (Process process : processes) {
            assertThat(output(process)).isEqualTo(LOADED);
        }
        assertThat(place).isEmptyDirectory();
    }

    @Test
    void aJvmThatDeniesNativeAccessIsToldTheFlag() {
        assumeTrue(Runtime.version().feature() >= 24, "JVMs before 24 deny nothing");
        List<String> java = Peer.java(LoaderProbe.class.getName(), "--illegal-native-access=deny");
        java.remove("--enable-native-access=ALL-UNNAMED");
        assertThat(run(Map.of(), java))
                .contains("IllegalCallerException", "--enable-native-access=ALL-UNNAMED", "suppressed: 0");
    }

    @Test
    void aLibraryOfAnotherBuildIsRefusedWithBothNumbers() {
        assertThat(Loader.load(() -> 4711))
                .hasMessageContaining("4711")
                .hasMessageContaining(String.valueOf(Native.ABI_VERSION));
    }

    @Test
    void aFailingInitialisationIsDataAndNotAnException() {
        RuntimeException failure = new IllegalStateException("planted");
        assertThat(Loader.load(() -> {
                    throw failure;
                }))
                .isSameAs(failure);
    }

    private static String probe(String... jvmOptions) {
        return probe(Map.of(), jvmOptions);
    }

    private static String probe(Map<String, String> environment, String... jvmOptions) {
        return run(environment, Peer.java(LoaderProbe.class.getName(), jvmOptions));
    }

    private static String run(Map<String, String> environment, List<String> command) {
        return output(start(environment, command));
    }

    private static Process start(Map<String, String> environment, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("XDG_RUNTIME_DIR");
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String output(Process process) {
        try (Stream<String> lines = process.inputReader().lines()) {
            StringBuilder text = new StringBuilder();
            lines.forEach(line -> text.append(line).append('\n'));
            return text.toString();
        }
    }
}
