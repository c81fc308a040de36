package org.dray.cli.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** Requests and replies as single lines of JSON. */
final class Lines {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Lines() {}

    static String of(Record message) throws JsonProcessingException {
        return MAPPER.writeValueAsString(message);
    }

    static <T extends Record> T parse(String line, Class<T> type) throws IOException {
        return MAPPER.readValue(line, type);
    }
}
