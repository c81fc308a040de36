package org.dray.tck;

import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.dray.RegionOption;

/** The arguments of a request. */
record Words(List<String> words) {

    String text(int index) {
        return words.get(index);
    }

    long number(int index) {
        return Long.parseLong(words.get(index));
    }

    int integer(int index) {
        return Integer.parseInt(words.get(index));
    }

    int[] numbers(int index) {
        return Wire.split(words.get(index)).stream().mapToInt(Integer::parseInt).toArray();
    }

    byte[] bytes(int index) {
        return Base64.getDecoder().decode(words.get(index));
    }

    Path path(int index) {
        return Path.of(words.get(index));
    }

    List<String> list(int index) {
        return Wire.split(words.get(index));
    }

    RegionOption[] options(int index) {
        return list(index).stream().map(RegionOption::valueOf).toArray(RegionOption[]::new);
    }
}
