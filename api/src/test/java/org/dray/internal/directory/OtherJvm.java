package org.dray.internal.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.dray.Access;
import org.dray.PeerId;
import org.dray.spi.Extents;

/** A second JVM with an instance of its own in the directory, for as long as the test wants. */
final class OtherJvm implements AutoCloseable {
    private final Process process;
    private final List<String> said;

    private OtherJvm(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("dray.test.classPath"),
                OtherJvm.class.getName()));
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String line = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))
                .readLine();
        assertThat(line).as("first words of the other JVM").isNotNull();
        said = List.of(line.split(" ", -1));
    }

    /** One that has published a region in slot 0. */
    static OtherJvm owner(Path base) throws IOException {
        return new OtherJvm(base.toString());
    }

    /** One that is in the middle of a copy: it claims slot 0, generation 1 of an owner. */
    static OtherJvm claimant(Path base, PeerId owner) throws IOException {
        return new OtherJvm(base.toString(), HexFormat.of().formatHex(owner.toBytes()));
    }

    PeerId id() {
        return PeerId.parse(HexFormat.of().parseHex(said.get(0)));
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

    /** What the other JVM does until its input ends. */
    public static void main(String[] arguments) throws Exception {
        Instance instance = Instance.create(Optional.of(Path.of(arguments[0])));
        if (arguments.length == 1) {
            OwnerDirectory.create(instance).publish("toy", Access.READ, false, Extents.of(4096, 8), -1);
        } else {
            PeerId owner = PeerId.parse(HexFormat.of().parseHex(arguments[1]));
            PeerDirectory.open(instance, owner).slot(0, 1).claim(5, 0);
        }
        System.out.println(HexFormat.of().formatHex(instance.self().toBytes()));
        System.in.read();
    }
}
