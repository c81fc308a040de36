package org.dray.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which library fits, and what explains a failure. */
class PlatformTest {
    private static final List<String> MOUNTS = List.of(
            "22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw",
            "25 22 0:21 / /tmp rw,nosuid,noexec shared:5 - tmpfs tmpfs rw",
            "26 25 0:22 / /tmp/open rw shared:6 - tmpfs tmpfs rw",
            "27 22 0:23 / /with\\040blank rw,noexec - tmpfs tmpfs rw",
            "28 22 0:24 / /twice rw,noexec - tmpfs tmpfs rw",
            "29 28 0:25 / /twice rw - tmpfs tmpfs rw");

    @Test
    void theLibraryIsNamedAfterTheKernelsArchitecture() {
        assertThat(Platform.resource("Linux", "amd64")).isEqualTo("/META-INF/native/linux-x86_64/libdray.so");
        assertThat(Platform.resource("Linux", "aarch64")).isEqualTo("/META-INF/native/linux-aarch64/libdray.so");
    }

    @Test
    void anotherProcessorOrSystemIsNamed() {
        assertThatThrownBy(() -> Platform.resource("Linux", "riscv64"))
                .isInstanceOf(UnsatisfiedLinkError.class)
                .hasMessageContaining("riscv64");
        assertThatThrownBy(() -> Platform.resource("Mac OS X", "aarch64")).hasMessageContaining("Mac OS X");
    }

    @Test
    void muslIsRecognisedByItsLoaderInTheAddressSpace() {
        assertThat(Platform.isMusl("7f00-7f01 r-xp 0 0:0 1 /lib/ld-musl-x86_64.so.1\n"))
                .isTrue();
        assertThat(Platform.isMusl("7f00-7f01 r-xp 0 0:0 1 /lib/x86_64-linux-gnu/libc.so.6\n"))
                .isFalse();
        assertThat(Platform.muslHint()).isNull();
    }

    @Test
    void theInnermostMountDecidesWhetherFilesMayBeExecuted() {
        assertThat(Mounts.isNoexec(MOUNTS, Path.of("/home/user"))).isFalse();
        assertThat(Mounts.isNoexec(MOUNTS, Path.of("/tmp/dray"))).isTrue();
        assertThat(Mounts.isNoexec(MOUNTS, Path.of("/tmp/open/dray"))).isFalse();
        assertThat(Mounts.isNoexec(MOUNTS, Path.of("/tmpfile"))).isFalse();
        assertThat(Mounts.isNoexec(MOUNTS, Path.of("/with blank"))).isTrue();
    }

    @Test
    void theLastOfTwoMountsOnOnePlaceDecides() {
        assertThat(Mounts.isNoexec(MOUNTS, Path.of("/twice/dray"))).isFalse();
    }
}
