package org.dray.backend.sim;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.dray.Access;
import org.dray.AddressSpace;
import org.dray.spi.DriverRegion;
import org.dray.spi.LocalMemory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the core must never let through, handed to the driver past the core. */
class GuardTest {
    private static final int PAGE_BYTES = 4096;

    private GuardedDriver driver;
    private DriverRegion readable;
    private DriverRegion writable;

    @BeforeEach
    void open(@TempDir Path directory) throws Exception {
        SimSettings settings = TestSettings.of(Personality.STRICT, PAGE_BYTES);
        driver = new GuardedDriver(new SimDriver(new TestLink(directory, 1), settings));
        readable = driver.register(memory(64), Access.READ);
        writable = driver.register(memory(64), Access.WRITE);
    }

    @AfterEach
    void close() {
        readable.close();
        writable.close();
        driver.close();
    }

    private static LocalMemory memory(int pages) {
        return LocalMemory.ofBuffers(List.of(ByteBuffer.allocateDirect(pages * PAGE_BYTES)));
    }

    private void copy(DriverRegion from, long start, DriverRegion to, long target, long lengthBytes) {
        driver.copy(new TestCopy(), from, start, to, target, lengthBytes);
    }

    private static void assertCaught(ThrowingCallable action) {
        assertThatThrownBy(action).isInstanceOf(AssertionError.class).hasMessageContaining("the core");
    }

    @Test
    void aCopyWithinTheLimitsIsMade() {
        copy(readable, 0, writable, PAGE_BYTES, 16 * PAGE_BYTES);
    }

    @Test
    void anOddOffsetIsCaught() {
        assertCaught(() -> copy(readable, 1, writable, 0, PAGE_BYTES));
    }

    @Test
    void aPartOfAUnitIsCaught() {
        assertCaught(() -> copy(readable, 0, writable, 0, 100));
    }

    @Test
    void aCopyThatNeededSplittingIsCaught() {
        assertCaught(() -> copy(readable, 0, writable, 0, 17 * PAGE_BYTES));
    }

    @Test
    void anEmptyCopyIsCaught() {
        assertCaught(() -> copy(readable, 0, writable, 0, 0));
    }

    @Test
    void aRangeOutsideIsCaught() {
        assertCaught(() -> copy(readable, 63 * PAGE_BYTES, writable, 0, 2 * PAGE_BYTES));
    }

    @Test
    void missingAccessIsCaught() {
        assertCaught(() -> copy(writable, 0, readable, 0, PAGE_BYTES));
    }

    @Test
    void overlapIsCaught() throws Exception {
        DriverRegion both = driver.register(memory(8), Access.READ_WRITE);
        assertCaught(() -> copy(both, 0, both, PAGE_BYTES, 2 * PAGE_BYTES));
        both.close();
    }

    @Test
    void aClosedRegionIsCaught() throws Exception {
        DriverRegion closed = driver.register(memory(1), Access.READ);
        closed.close();
        assertCaught(() -> copy(closed, 0, writable, 0, PAGE_BYTES));
        assertCaught(closed::close);
    }

    @Test
    void whatIsNotDeclaredIsCaught() {
        ByteBuffer page = ByteBuffer.allocateDirect(PAGE_BYTES);
        assertCaught(() -> driver.register(LocalMemory.ofBuffers(List.of(page, page)), Access.READ));
        assertCaught(() -> driver.register(LocalMemory.ofBuffers(List.of(page.asReadOnlyBuffer())), Access.READ));
        assertCaught(() -> driver.wrap(LocalMemory.ofAddress(PAGE_BYTES, PAGE_BYTES, page)));
        assertCaught(() -> driver.allocate(PAGE_BYTES, Access.READ));
        assertCaught(() -> driver.published(readable, 0, 1));
        assertCaught(() -> driver.connect(new TestLink(Path.of("."), 1)));
        assertCaught(() -> readable.map(0, PAGE_BYTES));
        assertCaught(() -> readable.flush(0, PAGE_BYTES));
        AddressSpace board = new AddressSpace("sim", "board0", AddressSpace.Kind.DEVICE, PAGE_BYTES, 1);
        assertCaught(() -> driver.open(board, 0, PAGE_BYTES, Access.READ));
    }

    @Test
    void aRegionThatIsOpenWhenTheDriverIsClosedIsCaught(@TempDir Path directory) throws Exception {
        SimSettings settings = TestSettings.of(Personality.STRICT, PAGE_BYTES);
        GuardedDriver left = new GuardedDriver(new SimDriver(new TestLink(directory, 1), settings));
        left.register(memory(1), Access.READ);
        assertCaught(left::close);
    }
}
