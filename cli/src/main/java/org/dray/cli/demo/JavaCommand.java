package org.dray.cli.demo;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How to start another JVM like this one. */
final class JavaCommand {
    private static final String NATIVE_ACCESS = "--enable-native-access=";

    private JavaCommand() {}

    /** The same Java, the same path, the same {@code dray.*} properties; another main class. */
    static List<String> of(Class<?> main) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:MaxDirectMemorySize=64t"); // who starts it has checked that memory suffices
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("dray."))
                .sorted()
                .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
        Module module = main.getModule();
        if (module.isNamed()) {
            command.add(NATIVE_ACCESS + "org.dray.linux");
            command.addAll(List.of("-p", System.getProperty("jdk.module.path")));
            command.addAll(List.of("-m", module.getName() + "/" + main.getName()));
        } else {
            command.add(NATIVE_ACCESS + "ALL-UNNAMED");
            command.addAll(List.of("-cp", absolute(System.getProperty("java.class.path")), main.getName()));
        }
        return command;
    }

    /** The child may get another working directory. */
    private static String absolute(String classPath) {
        List<String> entries = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, entries);
    }
}
