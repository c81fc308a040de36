package org.dray.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where this runs.
 *
 * @param system operating system and kernel version
 * @param architecture of the processor, as Java calls it
 * @param processors as many as this JVM may use
 * @param java vendor's name and version of this JVM
 */
record Machine(String system, String architecture, int processors, String java) {

    static Machine current() {
        return new Machine(
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.vm.name") + " " + Runtime.version());
    }

    Map<String, Object> toDocument() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("system", system);
        document.put("architecture", architecture);
        document.put("processors", processors);
        document.put("java", java);
        return document;
    }

    @Override
    public String toString() {
        return system + " " + architecture + ", " + processors + (processors == 1 ? " processor, " : " processors, ")
                + java;
    }
}
