package org.dray.tck;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dray.RegionOption;
import org.dray.RegionToken;

/**
 * How the processes of a run talk: lines of words, each word encoded so that it has no blank. What the JVM itself
 * prints in between lacks the mark and is kept as a log.
 */
final class Wire {
    static final String MARK = "@dray-tck ";
    static final String OK = "ok";
    static final String FAILED = "failed";

    /** What ends an encoded word, so that the empty word is one. */
    private static final String END = ";";

    private Wire() {}

    static String encode(List<?> words) {
        return words.stream().map(Wire::encodeWord).collect(Collectors.joining(" "));
    }

    static List<String> decode(String line) {
        return Arrays.stream(line.split(" ", -1)).map(Wire::decodeWord).toList();
    }

    private static String encodeWord(Object word) {
        String text = word instanceof byte[] bytes ? Base64.getEncoder().encodeToString(bytes) : String.valueOf(word);
        return URLEncoder.encode(text, StandardCharsets.UTF_8) + END;
    }

    private static String decodeWord(String word) {
        return URLDecoder.decode(word.substring(0, word.length() - END.length()), StandardCharsets.UTF_8);
    }

    static String join(int... numbers) {
        return IntStream.of(numbers).mapToObj(Integer::toString).collect(Collectors.joining(","));
    }

    static String join(RegionOption... options) {
        return Arrays.stream(options).map(Enum::name).collect(Collectors.joining(","));
    }

    static List<String> split(String list) {
        return list.isEmpty() ? List.of() : List.of(list.split(",", -1));
    }

    static String tokens(List<RegionToken> tokens) {
        return tokens.stream()
                .map(it -> Base64.getEncoder().encodeToString(it.toBytes()))
                .collect(Collectors.joining(","));
    }

    static List<RegionToken> tokens(String list) {
        return split(list).stream()
                .map(it -> RegionToken.parse(Base64.getDecoder().decode(it)))
                .toList();
    }
}
