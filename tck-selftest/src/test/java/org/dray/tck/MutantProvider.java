package org.dray.tck;

import java.util.concurrent.atomic.AtomicInteger;
import org.dray.BackendReport;
import org.dray.EngineInfo;
import org.dray.backend.sim.SimProvider;
import org.dray.spi.BackendException;
import org.dray.spi.BackendProvider;
import org.dray.spi.CopyDriver;
import org.dray.spi.DriverContext;

/** The simulator under another name, with the current mutant's defect. */
public final class MutantProvider implements BackendProvider {
    static final String ID = "mutant";

    private final SimProvider genuine = new SimProvider();
    private final AtomicInteger probes = new AtomicInteger();
    private final Mutant mutant = Mutant.current();

    public MutantProvider() {
        mutant.construct();
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String version() {
        return genuine.version();
    }

    @Override
    public int spiVersion() {
        return genuine.spiVersion();
    }

    @Override
    public BackendReport probe() {
        BackendReport report = mutant.probe(genuine, probes.incrementAndGet());
        return new BackendReport(ID, report.backendVersion(), report.state(), report.machineKind(), report.findings());
    }

    @Override
    public CopyDriver open(DriverContext context) throws BackendException {
        mutant.open(context);
        CopyDriver driver = genuine.open(context);
        return new MutantDriver(driver, mutant, renamed(driver.info()));
    }

    private static EngineInfo renamed(EngineInfo info) {
        return new EngineInfo(
                ID,
                info.backendVersion(),
                info.machineKind(),
                info.capabilities(),
                info.routes(),
                info.spaces().stream().map(it -> Infos.renamed(it, ID)).toList());
    }
}
