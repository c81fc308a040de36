package org.dray.tck;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.dray.spi.BackendProvider;
import org.dray.tck.witness.FutureProvider;
import org.dray.tck.witness.WitnessProvider;

/**
 * The command line of another JVM with the same backends: everything that is on the class path or module path here is
 * on the class path there, and every {@code dray.} property is passed on.
 */
final class PeerCommand {
    private static final String CHECK_JNI = "-Xcheck:jni";

    private PeerCommand() {}

    static List<String> of(Kit kit, List<String> jvmFlags) {
        Class<?> testClass = kit.testClass();
        List<String> command = new ArrayList<>(Users.command());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // A peer lives for a moment: what makes a JVM fast in the long run only costs here.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xshare:auto"));
        command.addAll(List.of("-Xmx256m", "-XX:MaxDirectMemorySize=2g"));
        command.add("--enable-native-access=ALL-UNNAMED");
        if (ManagementFactory.getRuntimeMXBean().getInputArguments().contains(CHECK_JNI)) {
            command.add(CHECK_JNI);
        }
        System.getProperties().stringPropertyNames().stream()
                .filter(it -> it.startsWith("dray.") && !it.equals(CertificateListener.OUT))
                .forEach(it -> command.add("-D" + it + "=" + System.getProperty(it)));
        command.addAll(jvmFlags);
        command.addAll(
                List.of("-cp", classPath(testClass, kit.directory()), PeerMain.class.getName(), testClass.getName()));
        return command;
    }

    private static String classPath(Class<?> testClass, Path directory) {
        Set<String> entries = new LinkedHashSet<>();
        entries.add(witnesses(directory.resolve("witnesses")).toString());
        entries.add(root(testClass));
        entries.add(root(PeerCommand.class));
        Stream.of("java.class.path", "jdk.module.path", "surefire.test.class.path")
                .flatMap(it -> Stream.of(System.getProperty(it, "").split(File.pathSeparator, -1)))
                .filter(it -> !it.isEmpty())
                .map(it -> Path.of(it).toAbsolutePath().toString())
                .forEach(entries::add);
        return String.join(File.pathSeparator, entries);
    }

    /** A services file that puts the kit's witnesses on the path. */
    private static Path witnesses(Path directory) {
        Path services = directory.resolve("META-INF/services");
        Path file = services.resolve(BackendProvider.class.getName());
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(services);
                Files.write(file, List.of(WitnessProvider.class.getName(), FutureProvider.class.getName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        return directory;
    }

    /**
     * The directory or jar that a class was loaded from; its code source would name the module that it was patched
     * into.
     */
    private static String root(Class<?> type) {
        String resource = type.getName().replace('.', '/') + ".class";
        String file = type.getName().substring(type.getPackageName().length() + 1) + ".class";
        URL url = type.getResource(file);
        if (url == null) {
            throw new IllegalStateException("the class file of " + type.getName() + " cannot be found");
        }
        String text = url.toString();
        String root = text.substring(0, text.length() - resource.length());
        if (root.startsWith("jar:")) {
            root = root.substring("jar:".length(), root.indexOf("!/"));
        }
        try {
            return Path.of(new URI(root)).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("cannot tell a file from " + url, e);
        }
    }
}
