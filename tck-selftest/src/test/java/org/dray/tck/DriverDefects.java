package org.dray.tck;

import org.dray.Access;
import org.dray.AddressSpace;
import org.dray.BackendReport;
import org.dray.spi.BackendException;
import org.dray.spi.BackendProvider;
import org.dray.spi.CopyContext;
import org.dray.spi.CopyDriver;
import org.dray.spi.DriverContext;
import org.dray.spi.DriverRegion;
import org.dray.spi.LocalMemory;

/** Where a defect of a backend can be put; what is not overridden is genuine. */
interface DriverDefects {

    /** The provider is constructed. */
    default void construct() {}

    /** The provider is probed, this provider object for the n-th time. */
    default BackendReport probe(BackendProvider genuine, int call) {
        return genuine.probe();
    }

    /** The driver is opened. */
    default void open(DriverContext context) {}

    default DriverRegion wrap(CopyDriver genuine, LocalMemory memory) throws BackendException {
        return genuine.wrap(memory);
    }

    /** Memory is registered, with this driver for the n-th time. */
    default DriverRegion register(CopyDriver genuine, LocalMemory memory, Access access, int call)
            throws BackendException {
        return genuine.register(memory, access);
    }

    default DriverRegion open(CopyDriver genuine, AddressSpace space, long offset, long lengthBytes, Access access)
            throws BackendException {
        return genuine.open(space, offset, lengthBytes, access);
    }

    default long copy(
            CopyDriver genuine,
            CopyContext context,
            DriverRegion source,
            long sourceOffset,
            DriverRegion destination,
            long destinationOffset,
            long lengthBytes) {
        return genuine.copy(context, source, sourceOffset, destination, destinationOffset, lengthBytes);
    }

    /** The depth of its own queue; 0 runs channels on the executor, as for drivers that only block. */
    default int queueDepth() {
        return 0;
    }
}
