package org.dray.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dray.cli.LauncherProject.Result;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class LauncherTest {
    private LauncherProject project;

    @BeforeEach
    void layOut(@TempDir Path directory) throws IOException {
        project = LauncherProject.layOut(directory);
    }

    @Test
    void firstUseBuildsWithTheJdkThatRunsAndPassesArgumentsOn() throws Exception {
        Result result = project.dray("demo", "a file");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("org.dray.cli.Main\ndemo\na file\n", "--enable-native-access=ALL-UNNAMED");
        assertThat(result.err()).startsWith("dray: first use, building").hasLineCount(1);
        assertThat(project.log())
                .content()
                .startsWith(project.jdk().toRealPath() + " -B -Dstyle.color=never -pl cli -am");
    }

    @Test
    void whatIsBuiltIsNotBuiltAgain() throws Exception {
        project.dray("doctor");
        Result second = project.dray("doctor");
        assertThat(second.err()).isEmpty();
        assertThat(project.builds()).isEqualTo(1);
    }

    @Test
    void aChangedSourceIsBuilt() throws Exception {
        project.dray("doctor");
        project.source("api/src/main/java/A.java", "class A { }");
        assertThat(project.dray("doctor").err()).startsWith("dray: building again");
        assertThat(project.builds()).isEqualTo(2);
    }

    @Test
    void aRemovedSourceIsBuilt() throws Exception {
        Path b = project.source("api/src/main/java/B.java", "class B {}");
        project.dray("doctor");
        Files.delete(b);
        project.dray("doctor");
        assertThat(project.builds()).isEqualTo(2);
    }

    @Test
    void aChangedTestIsNot() throws Exception {
        project.dray("doctor");
        project.source("api/src/test/java/ATest.java", "class ATest {}");
        project.dray("doctor");
        assertThat(project.builds()).isEqualTo(1);
    }

    @Test
    void aFailedBuildShowsItsErrorsAndIsTriedAgain() throws Exception {
        LauncherProject.script(
                project.bin().resolve("mvn"), "echo '[INFO] chatter'; echo '[ERROR] A.java does not compile'; exit 1");
        Result result = project.dray("doctor");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .contains("A.java does not compile", "build.log")
                .doesNotContain("chatter");
        assertThat(project.dray("doctor").exitCode()).isEqualTo(1);
    }

    @Test
    void missingToolsAreNamedInOneLineWithTheirPackages() throws Exception {
        Files.delete(project.bin().resolve("mvn"));
        Files.delete(project.bin().resolve("gcc"));
        Result result = project.dray("doctor");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).isEqualTo("dray: cannot build without mvn, gcc: apt-get install maven gcc\n");
    }

    @Test
    void missingHeadersAreNamed() throws Exception {
        LauncherProject.script(project.bin().resolve("gcc"), "cat >/dev/null; exit 1");
        assertThat(project.dray("doctor").err())
                .isEqualTo("dray: cannot build without the C headers: apt-get install libc6-dev\n");
    }

    @Test
    void noJavaIsOneLine() throws Exception {
        Files.delete(project.bin().resolve("java"));
        Result result = project.dray("doctor");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).isEqualTo("dray: there is no java: apt-get install openjdk-17-jdk-headless\n");
    }

    @Test
    void aJavaWithoutACompilerIsOneLine() throws Exception {
        Files.delete(project.jdk().resolve("bin/javac"));
        assertThat(project.dray("doctor").err())
                .isEqualTo("dray: cannot build without javac: apt-get install openjdk-17-jdk-headless\n");
    }

    @Test
    void anOldJavaIsOneLine() throws Exception {
        Files.writeString(project.jdk().resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");
        Result result = project.dray("doctor");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err())
                .contains("is Java 11, needed is 17 or newer: apt-get install")
                .hasLineCount(1);
    }

    @Test
    void javaHomeWins() throws Exception {
        Path other = project.root().resolve("another jdk");
        LauncherProject.script(other.resolve("bin/java"), "echo the other java");
        LauncherProject.script(other.resolve("bin/javac"), "");
        Files.writeString(other.resolve("release"), "JAVA_VERSION=\"25.0.3\"\n");
        assertThat(project.javaHome(other).dray("doctor").out()).isEqualTo("the other java\n");
    }

    @Test
    void aJavaHomeWithoutJavaIsOneLine() throws Exception {
        Result result = project.javaHome(Path.of("/nowhere")).dray("doctor");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("JAVA_HOME is /nowhere").hasLineCount(1);
    }
}
