package org.dray.backend.cma;

import java.nio.file.Path;
import org.dray.Access;
import org.dray.spi.BackendException;
import org.dray.spi.DriverPeer;
import org.dray.spi.DriverRegion;
import org.dray.spi.Extents;
import org.dray.spi.LocalMemory;
import org.dray.spi.PublishedRegion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Opens a driver, and connects it to its own process: to the kernel that is a peer like any other. */
abstract class DriverTest {
    final TestCopy copy = new TestCopy(63);

    @TempDir
    Path directory;

    TestInstance instance;
    CmaDriver driver;
    DriverPeer self;

    @BeforeEach
    void open() throws BackendException {
        instance = new TestInstance(directory);
        driver = CmaDriver.open(instance);
        self = driver.connect(TestLink.toSelf(instance));
    }

    @AfterEach
    void close() {
        self.close();
        driver.close();
        instance.close();
    }

    DriverRegion far(LocalMemory memory) throws BackendException {
        return far(driver.register(memory, Access.READ_WRITE).extents());
    }

    DriverRegion far(Extents extents) throws BackendException {
        return self.attach(new PublishedRegion(0, 1, Access.READ_WRITE, false, extents));
    }
}
