package org.dray.backend.knem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.dray.Access;
import org.dray.backend.knem.RegionTable.Registration;
import org.dray.linux.Errno;
import org.dray.linux.Memory;
import org.dray.spi.BackendException;
import org.dray.spi.Extents;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A cookie means one region, for ever: what a peer that kept the cookie of another one is told. */
class RegionTableTest {
    private static final String DEVICE = "/dev/knem";
    private static final int BYTES = 4096;

    private final KnemContext peer = new KnemContext(DEVICE);
    private final Request request = new Request();
    private final long address = Memory.allocate(2 * BYTES, BYTES);
    private final Extents memory = Extents.of(address, BYTES);
    private final Extents near = Extents.of(address + BYTES, BYTES);

    @AfterEach
    void close() {
        request.close();
        peer.close();
        Memory.free(address);
    }

    private int read(long cookie) {
        int result = request.copyInline(peer.fd(), false, near, 0, cookie, 0, BYTES, 0, 0);
        return result == 0 ? Transfers.await(request, peer, 0) : result;
    }

    private static RegionTable regions(int maxTombstones) {
        return new RegionTable(DEVICE, 0, maxTombstones);
    }

    private static RegionTable singleUseRegions() {
        return new RegionTable(DEVICE, Abi.FLAG_SINGLE_USE, RegionTable.MAX_TOMBSTONES);
    }

    private static long devices() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(RegionTableTest::isSocket).count();
        }
    }

    /** An emulated device is a socket for everybody who looks behind the calls on it. */
    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void cookieOfAnEndedRegionAllowsNothing() throws BackendException {
        try (RegionTable table = regions(100)) {
            Registration registration = table.register(memory, Access.READ_WRITE, false);
            assertThat(read(registration.cookie())).isZero();
            table.end(registration);
            assertThat(read(registration.cookie())).isEqualTo(-Errno.EACCES);
        }
    }

    @Test
    void noCookieIsGivenTwice() throws BackendException {
        Set<Long> cookies = new HashSet<>();
        try (RegionTable table = regions(RegionTable.MAX_TOMBSTONES)) {
            for (int i = 0; i < 200; i++) {
                Registration registration = table.register(memory, i % 2 == 0 ? Access.READ : Access.READ_WRITE, false);
                assertThat(cookies.add(registration.cookie())).isTrue();
                table.end(registration);
            }
        }
        cookies.forEach(cookie -> assertThat(read(cookie)).isEqualTo(-Errno.EINVAL));
    }

    @Test
    void contextIsReplacedAndEndsWithItsLastRegion() throws Exception {
        long before = devices();
        try (RegionTable table = regions(3)) {
            Registration staying = table.register(memory, Access.READ, false);
            for (int i = 0; i < 3; i++) {
                table.end(table.register(memory, Access.READ, false));
            }
            Registration next = table.register(memory, Access.READ, false);
            assertThat(devices()).as("the old context and the new one").isEqualTo(before + 2);
            assertThat(read(staying.cookie())).isZero();
            assertThat(read(next.cookie())).isZero();
            table.end(staying);
            assertThat(devices()).isEqualTo(before + 1);
            assertThat(read(staying.cookie())).isEqualTo(-Errno.EINVAL);
            assertThat(read(next.cookie())).isZero();
            table.end(next);
        }
        assertThat(devices()).isEqualTo(before);
    }

    @Test
    void usedUpRegionIsNotReplacedByAnother() throws BackendException {
        try (RegionTable table = singleUseRegions()) {
            List<Registration> registrations = new ArrayList<>();
            Set<Long> cookies = new HashSet<>();
            for (int i = 0; i < 20; i++) {
                Registration registration = table.register(memory, Access.READ_WRITE, false);
                registrations.add(registration);
                assertThat(cookies.add(registration.cookie())).isTrue();
                if (i % 3 != 0) {
                    assertThat(read(registration.cookie())).isZero();
                    assertThat(read(registration.cookie())).as("a second use").isEqualTo(-Errno.EINVAL);
                }
            }
            for (int i = 0; i < 20; i++) {
                int expected = i % 3 == 0 ? 0 : -Errno.EACCES;
                assertThat(read(registrations.get(i).cookie()))
                        .as("region %d, replayed after others were registered", i)
                        .isEqualTo(i == 19 ? -Errno.EINVAL : expected);
            }
            registrations.forEach(table::end);
        }
    }

    @Test
    void readersSeeWhatIsWrittenAfterTheRegistration() throws BackendException {
        long untouched = Memory.mmapAnonymous(BYTES);
        try (RegionTable table = regions(100)) {
            Registration registration = table.register(Extents.of(untouched, BYTES), Access.READ, false);
            Memory.fill(untouched, BYTES, (byte) 7);
            assertThat(read(registration.cookie())).isZero();
            assertThat(Memory.getByte(near.base(0) + BYTES - 1)).isEqualTo((byte) 7);
            table.end(registration);
        } finally {
            Memory.munmap(untouched, BYTES);
        }
    }

    @Test
    void readOnlyMemoryCanBeRead() throws BackendException {
        long constant = Memory.mmap(0, BYTES, Memory.PROT_READ, Memory.MAP_PRIVATE | Memory.MAP_ANONYMOUS, -1, 0);
        try (RegionTable table = regions(100)) {
            Registration registration = table.register(Extents.of(constant, BYTES), Access.READ, false);
            assertThat(read(registration.cookie())).isZero();
            table.end(registration);
            assertThatThrownBy(() -> table.register(Extents.of(constant, BYTES), Access.WRITE, false))
                    .isInstanceOf(BackendException.class)
                    .hasMessageContaining("EFAULT");
        } finally {
            Memory.munmap(constant, BYTES);
        }
    }

    @Test
    void memoryThatIsNotThereIsRefusedAndTakesNoCookie() throws BackendException {
        try (RegionTable table = regions(100)) {
            Registration first = table.register(memory, Access.READ, false);
            assertThatThrownBy(() -> table.register(Extents.of(4096, BYTES), Access.READ, false))
                    .isInstanceOf(BackendException.class)
                    .hasMessageContaining("registration of 4096 bytes answered EFAULT");
            table.end(first);
        }
    }
}
