package org.dray.backend.cma;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.dray.BackendReport;
import org.dray.MachineKind;
import org.dray.linux.Errno;
import org.dray.spi.BackendProvider;
import org.junit.jupiter.api.Test;

class CmaProviderTest {
    private final CmaProvider provider = new CmaProvider();

    @Test
    void probeFindsBothSystemCalls() {
        BackendReport report = provider.probe();

        assertThat(report.machineKind()).isEqualTo(MachineKind.REAL);
        assertThat(report.state().isUsable()).isTrue();
        assertThat(report.findings()).isNotEmpty();
    }

    @Test
    void probeLeavesNoDescriptor() throws IOException {
        provider.probe();
        long before = descriptors();
        provider.probe();
        assertThat(descriptors()).isEqualTo(before);
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> entries = Files.list(Path.of("/proc/self/fd"))) {
            return entries.count();
        }
    }

    @Test
    void missingSystemCallIsExplained() {
        assertThat(Diagnosis.missingCall(Errno.ENOSYS).toString())
                .contains("ENOSYS", "CONFIG_CROSS_MEMORY_ATTACH", "seccomp");
    }

    @Test
    void classPathAndModulePathNameTheSameProvider() throws IOException {
        List<String> onClassPath;
        try (var file =
                CmaProvider.class.getResourceAsStream("/META-INF/services/" + BackendProvider.class.getName())) {
            onClassPath = new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
        assertThat(onClassPath).containsExactly(CmaProvider.class.getName());
        ModuleDescriptor descriptor = CmaProvider.class.getModule().getDescriptor();
        if (descriptor != null) {
            assertThat(descriptor.provides())
                    .singleElement()
                    .satisfies(provides -> assertThat(provides.providers()).isEqualTo(onClassPath));
        }
    }
}
