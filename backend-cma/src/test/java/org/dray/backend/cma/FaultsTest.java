package org.dray.backend.cma;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.dray.Access;
import org.dray.AddressSpace.Kind;
import org.dray.CopyStatus;
import org.dray.spi.BackendException;
import org.dray.spi.DriverRegion;
import org.dray.spi.LocalMemory;
import org.dray.spi.PublishedRegion;
import org.dray.tck.faults.Fault;
import org.dray.tck.faults.FaultScript;
import org.dray.tck.faults.FaultyDriver;
import org.dray.tck.faults.Operations;
import org.junit.jupiter.api.Test;

/** The kit's faults stand in front of this driver, too. */
class FaultsTest extends DriverTest {
    private static final int LENGTH_BYTES = 1000;

    private final ByteBuffer nearMemory = ByteBuffer.allocateDirect(LENGTH_BYTES);
    private final ByteBuffer farMemory = ByteBuffer.allocateDirect(LENGTH_BYTES);

    @Test
    void oneByteOfAPeerIsWrongAndTheNextOperationFails() throws BackendException {
        FaultScript script = FaultScript.none()
                .with(Operations.number(1).between(Kind.LOCAL, Kind.PEER), new Fault.Corrupt(10))
                .with(Operations.number(2), new Fault.Fail(CopyStatus.PERMISSION, 1));
        FaultyDriver faulty = new FaultyDriver(driver, script);
        nearMemory.put(10, (byte) 7);
        DriverRegion near = faulty.wrap(LocalMemory.ofBuffers(List.of(nearMemory)));
        DriverRegion owned = faulty.register(LocalMemory.ofBuffers(List.of(farMemory)), Access.READ_WRITE);
        DriverRegion far = faulty.connect(TestLink.toSelf(instance))
                .attach(new PublishedRegion(0, 1, Access.READ_WRITE, false, owned.extents()));

        assertThat(faulty.copy(copy, near, 0, far, 0, LENGTH_BYTES)).isEqualTo(LENGTH_BYTES);
        assertThat(copy.outcome()).isEqualTo(CopyStatus.OK);
        assertThat(farMemory.mismatch(nearMemory)).isEqualTo(10);
        assertThat(farMemory.get(10)).isEqualTo((byte) ~7);

        assertThat(faulty.copy(copy, far, 0, near, 0, LENGTH_BYTES)).isZero();
        assertThat(copy.outcome()).isEqualTo(CopyStatus.PERMISSION);
    }
}
