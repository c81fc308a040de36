package org.dray.backend.knem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every structure of a fixed script, byte by byte, as the device got it. Only cookies, addresses and the slots of
 * copies that are not queued, which differ from run to run, are named; where they stand is taken from the vectors, of
 * which the backend knows nothing.
 */
class AbiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int HEX = 2;

    @TempDir
    Path directory;

    private final Map<String, JsonNode> commands = new HashMap<>();
    private final Map<String, JsonNode> structures = new HashMap<>();
    private final Map<String, String> cookies = new HashMap<>();

    @Test
    void structuresOfTheScriptAreTheGoldenOnes() throws Exception {
        readVectors();
        Path trace = directory.resolve("trace");
        runScript(trace);
        List<String> seen = new ArrayList<>();
        for (String line : Files.readAllLines(trace)) {
            JsonNode call = JSON.readTree(line);
            if (call.path("call").asText().equals("ioctl")) {
                seen.add(text(call));
            }
        }
        assertThat(String.join("\n", seen)).isEqualTo(golden());
    }

    private static void runScript(Path trace) {
        List<String> command = new ArrayList<>(
                List.of(System.getProperty("dray.test.emulator"), "knem", "--trace", trace.toString(), "--"));
        command.addAll(Child.java(List.of(), AbiScript.class));
        try (Child script = Child.startClean(command)) {
            script.await("done");
            script.end();
        }
    }

    private static String golden() throws IOException {
        try (InputStream text = AbiTest.class.getResourceAsStream("/abi-script.txt")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .reduce((a, b) -> a + "\n" + b)
                    .orElse("");
        }
    }

    private void readVectors() throws IOException {
        try (InputStream text = AbiTest.class.getResourceAsStream("/abi-vectors.json")) {
            for (JsonNode driver : JSON.readTree(text).path("drivers")) {
                if (driver.path("name").asText().equals("knem")) {
                    JsonNode abi = driver.path("variants").path(0);
                    abi.path("ioctls")
                            .forEach(it -> commands.put(it.path("value").asText(), it));
                    abi.path("structs")
                            .forEach(it -> structures.put(it.path("name").asText(), it));
                }
            }
        }
    }

    private String text(JsonNode call) {
        JsonNode command = commands.get(call.path("number").asText());
        JsonNode structure = structures.get(command.path("arg").asText());
        assertThat(call.path("before").asText())
                .hasSize(HEX * command.path("size").asInt());
        remember(structure, call.path("after").asText());
        StringBuilder line = new StringBuilder(command.path("name").asText().replace("KNEM_CMD_", ""));
        line.append(' ').append(masked(structure, call.path("before").asText()));
        for (JsonNode segment : call.path("segments")) {
            line.append(" +").append(segment.path(1).asText());
        }
        return line.append(" -> ").append(call.path("result").asText()).toString();
    }

    /** The cookie of a region that was just made gets the next name. */
    private void remember(JsonNode structure, String bytes) {
        if (structure.path("name").asText().equals("knem_cmd_create_region")) {
            structure.path("fields").forEach(field -> {
                if (field.path("name").asText().equals("cookie")) {
                    cookies.computeIfAbsent(of(field, bytes), unknown -> "cookie" + (cookies.size() + 1));
                }
            });
        }
    }

    private static String of(JsonNode field, String bytes) {
        int from = HEX * field.path("offset").asInt();
        return bytes.substring(from, from + HEX * field.path("size").asInt());
    }

    private String masked(JsonNode structure, String bytes) {
        StringBuilder text = new StringBuilder();
        for (JsonNode field : structure.path("fields")) {
            String value = of(field, bytes);
            String name = field.path("name").asText();
            if (name.endsWith("iovec_array")) {
                text.append("[segments]");
            } else if (name.equals("async_status_index") && !isQueued(structure, bytes)) {
                text.append("[slot]"); // of whichever thread; the driver does not look at it
            } else if (name.endsWith("cookie") && cookies.containsKey(value)) {
                text.append('[').append(cookies.get(value)).append(']');
            } else {
                text.append(value);
            }
        }
        return text.toString();
    }

    private static boolean isQueued(JsonNode structure, String bytes) {
        for (JsonNode field : structure.path("fields")) {
            if (field.path("name").asText().equals("flags")) {
                return (Integer.reverseBytes(Integer.parseUnsignedInt(of(field, bytes), 16)) & 0xe) != 0;
            }
        }
        return false;
    }
}
