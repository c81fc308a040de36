package org.dray.backend.sim;

import java.util.List;
import org.dray.AddressSpace.Kind;
import org.dray.CopyStatus;
import org.dray.Finding;
import org.dray.spi.BackendException;
import org.dray.spi.DriverPeer;
import org.dray.spi.DriverRegion;
import org.dray.spi.PublishedRegion;

/** A connection whose regions know for what they may be used. */
record GuardedPeer(GuardedDriver driver, DriverPeer genuine, Object coordinates) implements DriverPeer {

    @Override
    public DriverRegion attach(PublishedRegion published) throws BackendException {
        DriverRegion region = genuine.attach(published);
        return driver.guarded(region, Kind.PEER, published.extents().count(), published.access(), coordinates);
    }

    @Override
    public List<Finding> diagnose(CopyStatus status, int errno) {
        return genuine.diagnose(status, errno);
    }

    @Override
    public void close() {
        genuine.close();
        driver.forget();
    }
}
