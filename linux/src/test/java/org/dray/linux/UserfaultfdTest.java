package org.dray.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoDescriptorIsLeft.class)
class UserfaultfdTest {
    private static final int PAGE_BYTES = Memory.pageSizeBytes();

    private int fd = -1;

    @BeforeEach
    void create() {
        try {
            fd = Userfaultfd.create(Userfaultfd.UFFD_USER_MODE_ONLY | Userfaultfd.O_NONBLOCK);
        } catch (LinuxException e) {
            abort("this kernel or container refuses userfaultfd: " + e.getMessage());
        }
    }

    @AfterEach
    void close() {
        if (fd >= 0) {
            Descriptors.close(fd);
        }
    }

    @Test
    void theHandshakeTellsTheFeatures() {
        assertThat(Userfaultfd.handshake(fd, 0)).isNotZero();
    }

    @Test
    void anUnknownFeatureIsRefused() {
        assertThatThrownBy(() -> Userfaultfd.handshake(fd, 1L << 62)).hasMessageContaining("EINVAL");
    }

    @Test
    void aRangeIsRegisteredAndGivenFree() {
        Userfaultfd.handshake(fd, 0);
        long address = Memory.mmapAnonymous(2L * PAGE_BYTES);
        try {
            long mode = Userfaultfd.UFFDIO_REGISTER_MODE_MISSING;
            assertThat(Userfaultfd.register(fd, address, PAGE_BYTES, mode)).isNotZero();
            Userfaultfd.unregister(fd, address, PAGE_BYTES);
            assertThatThrownBy(() -> Userfaultfd.register(fd, address + 1, PAGE_BYTES, mode))
                    .hasMessageContaining("UFFDIO_REGISTER")
                    .hasMessageContaining("EINVAL");
        } finally {
            Memory.munmap(address, 2L * PAGE_BYTES);
        }
    }

    @Test
    void flagsThatTheKernelDoesNotKnowAreRefused() {
        assertThatThrownBy(() -> Userfaultfd.create(1 << 30)).hasMessageContaining("userfaultfd failed: EINVAL");
    }
}
