package org.dray.tck;

import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import java.lang.reflect.Constructor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * All rules for one backend. An author extends it and names the backend:
 *
 * <pre>{@code
 * class StrictTckTest extends BackendTck {
 *     @Override protected BackendFixture fixture() { return () -> "strict"; }
 * }
 * }</pre>
 *
 * <p>The class needs a constructor without parameters: the kit starts further JVMs, which make a fixture of their own
 * from it. The certificate lies in {@code target/tck/<class>}, see {@link CertificateListener}. Only its verdict
 * counts: a build can be green because a filter left every rule out.
 *
 * <p>System properties: {@code dray.tck.seed} replays everything random; {@code dray.tck.factor} scales repetitions,
 * and below 1 leaves the slow rules out, so that the certificate is incomplete.
 */
@Isolated("leaks are told by comparing the process before and after each rule")
@Execution(ExecutionMode.SAME_THREAD)
@TestMethodOrder(MethodOrderer.MethodName.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = SEPARATE_THREAD)
public abstract class BackendTck {

    /** For JUnit and for the kit's own processes. */
    protected BackendTck() {}

    /**
     * Names the backend.
     *
     * @return a fixture; may be called often, and in several processes
     */
    protected abstract BackendFixture fixture();

    /** For processes and class loaders that have nothing but the name. */
    static BackendFixture fixtureOf(String testClass) throws ReflectiveOperationException {
        Constructor<?> constructor = Class.forName(testClass).getDeclaredConstructor();
        constructor.setAccessible(true);
        return ((BackendTck) constructor.newInstance()).fixture();
    }

    @Nested
    final class Discovery extends DiscoveryRules {}

    @Nested
    final class Selections extends SelectionRules {}

    @Nested
    final class Regions extends RegionRules {}

    @Nested
    final class RegionMemory extends RegionMemoryRules {}

    @Nested
    final class Spaces extends SpaceRules {}

    @Nested
    final class Encodings extends EncodingRules {}

    @Nested
    final class TokensOfPeers extends TokenRules {}

    @Nested
    final class Copies extends CopyRules {}

    @Nested
    final class CopiesBetweenProcesses extends PeerCopyRules {}

    @Nested
    final class Async extends AsyncRules {}

    @Nested
    final class AsyncOrder extends AsyncOrderRules {}

    @Nested
    final class AsyncWaits extends AsyncWaitRules {}

    @Nested
    final class AsyncHandlers extends AsyncHandlerRules {}

    @Nested
    final class AsyncClosing extends AsyncCloseRules {}

    @Nested
    final class AsyncLoad extends AsyncLoadRules {}

    @Nested
    final class Futures extends FutureRules {}

    @Nested
    final class Cancelling extends CancelRules {}

    @Nested
    final class Errors extends ErrorRules {}

    @Nested
    final class Closing extends CloseRules {}

    @Nested
    final class ClosingUnderPeers extends PeerCloseRules {}

    @Nested
    final class Threads extends ConcurrencyRules {}

    @Nested
    final class Processes extends PeerConcurrencyRules {}

    @Nested
    final class HygieneHere extends JvmRules {}

    @Nested
    final class HygieneElsewhere extends PeerJvmRules {}

    @Nested
    final class Speed extends PerformanceRules {}
}
