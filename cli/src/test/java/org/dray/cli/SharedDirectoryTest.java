package org.dray.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dray.DrayOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class SharedDirectoryTest {
    @Test
    @EnabledOnOs(OS.LINUX)
    void uidStandsWhereItIsPutInto() throws IOException {
        DrayOptions options =
                DrayOptions.builder().directory(Path.of("/somewhere/%u/dray")).build();
        Object uid = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        assertThat(SharedDirectory.of(options)).isEqualTo("/somewhere/" + uid + "/dray");
    }
}
