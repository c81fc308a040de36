package org.dray.backend.knem;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.dray.CopyStatus;
import org.dray.Finding;
import org.dray.linux.ProcessState;
import org.dray.spi.DriverPeer;
import org.dray.spi.DriverRegion;
import org.dray.spi.PeerLink;
import org.dray.spi.PublishedRegion;

/**
 * Another process. The driver needs no connection to it: cookies say it all, and end with the process or its program.
 * They do not say why.
 */
final class KnemPeer implements DriverPeer {
    private static final int CHECKS = 40;
    private static final long CHECK_NANOS = 500_000;

    private final PeerLink link;

    KnemPeer(PeerLink link) {
        this.link = link;
    }

    @Override
    public DriverRegion attach(PublishedRegion published) {
        return new PeerRegion(this, published);
    }

    /**
     * After the driver refused a cookie: OK if the owner lives. A process that ends, or replaces its program, closes
     * its files one by one, and the device may come before the lock.
     */
    CopyStatus fate() {
        for (int i = 0; i < CHECKS && !link.isSelf(); i++) {
            boolean hasLock = link.isAlive(); // asked first: it goes after the memory
            if (!ProcessState.of(link.id().pid()).isAlive()) {
                return CopyStatus.PEER_GONE;
            }
            if (!hasLock) {
                return CopyStatus.PEER_REPLACED;
            }
            LockSupport.parkNanos(CHECK_NANOS);
        }
        return CopyStatus.OK;
    }

    @Override
    public List<Finding> diagnose(CopyStatus status, int errno) {
        return switch (status) {
            case PERMISSION ->
                List.of(new Finding(
                        "knem.user",
                        "the driver serves a region only to the user who opened its device, and root is no exception",
                        "a region that the owner registered after it admitted this process",
                        "the owner calls dray.admit(peerId) and then registers; or both run as one user"));
            case PEER_GONE, PEER_REPLACED ->
                List.of(new Finding(
                        "knem.owner",
                        "pid " + link.id().pid() + ", state "
                                + ProcessState.of(link.id().pid()).state(),
                        "the living process that exported the region",
                        "ask for a new token"));
            default -> List.of();
        };
    }
}
