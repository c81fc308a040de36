package org.dray.tck.faults;

import java.util.List;
import java.util.Optional;
import org.dray.AddressSpace.Kind;
import org.dray.CopyStatus;
import org.dray.Finding;
import org.dray.spi.BackendException;
import org.dray.spi.DriverPeer;
import org.dray.spi.DriverRegion;
import org.dray.spi.PublishedRegion;

/** A connection whose regions know of what kind they are. */
record FaultyPeer(DriverPeer genuine) implements DriverPeer {

    @Override
    public DriverRegion attach(PublishedRegion published) throws BackendException {
        return new FaultyRegion(genuine.attach(published), Kind.PEER, Optional.empty());
    }

    @Override
    public List<Finding> diagnose(CopyStatus status, int errno) {
        return genuine.diagnose(status, errno);
    }

    @Override
    public void close() {
        genuine.close();
    }
}
