package org.dray.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.dray.Access;
import org.dray.CopyStatus;
import org.dray.MemoryRegion;
import org.dray.spi.CopyContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The protocol between a copy and a close inside one process. */
class CopyCellTest {
    @RegisterExtension
    final Toys toys = new Toys();

    private final CopyCells cells = new CopyCells(() -> {});

    @Test
    void closeWaitsForCellThatNamesNothingYet() {
        CopyCell cell = cells.take();
        assertThat(cells.awaitUnused(4711, soon())).isFalse();
        cell.end();
        assertThat(cells.awaitUnused(4711, soon())).isTrue();
    }

    @Test
    void closeWaitsForCellThatNamesTheRegionOnEitherSideOrTheEngine() {
        DrayCore dray = toys.load();
        EngineCore engine = dray.findEngine("toy").orElseThrow();
        Root from = root(dray.wrap(Toys.empty(8)));
        Root to = root(dray.wrap(Toys.empty(8)));
        Root other = root(dray.wrap(Toys.empty(8)));
        CopyCell cell = cells.take();
        cell.begin(engine, from, to);
        assertThat(cells.awaitUnused(from.number, soon())).isFalse();
        assertThat(cells.awaitUnused(to.number, soon())).isFalse();
        assertThat(cells.awaitUnused(engine.number(), soon())).isFalse();
        assertThat(cells.awaitUnused(other.number, soon())).isTrue();
        cell.end();
        assertThat(cells.awaitUnused(from.number, soon())).isTrue();
    }

    private static long soon() {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(2);
    }

    private static Root root(MemoryRegion region) {
        return ((RegionView) region).root;
    }

    @Test
    void copyThatFindsSomethingClosedNamesNothing() {
        DrayCore dray = toys.load();
        EngineCore engine = dray.findEngine("toy").orElseThrow();
        Root open = root(dray.wrap(Toys.empty(8)));
        Root closed = root(dray.wrap(Toys.empty(8)));
        closed.close();
        CopyCell cell = cells.take();
        assertThatIllegalStateException().isThrownBy(() -> cell.begin(engine, closed, open));
        assertThatIllegalStateException().isThrownBy(() -> cell.begin(engine, open, closed));
        cell.end();
        assertThat(cells.awaitUnused(closed.number, soon())).isTrue();
        dray.close();
        DrayCore other = toys.load();
        Root stillOpen = root(other.wrap(Toys.empty(8)));
        assertThatIllegalStateException()
                .isThrownBy(() -> cell.begin(engine, stillOpen, stillOpen))
                .withMessage("engine toy is closed");
    }

    @Test
    void cellsAreAsManyAsContextsAndHaveDifferentIndexes() {
        Set<Integer> indexes = new HashSet<>();
        for (int i = 0; i < CopyContext.COUNT; i++) {
            indexes.add(cells.take().index());
        }
        assertThat(indexes).hasSize(CopyContext.COUNT).allMatch(i -> i >= 0 && i < CopyContext.COUNT);
    }

    @Test
    void failureOfOneCopyIsForgottenBeforeTheNext() {
        CopyCell cell = cells.take();
        cell.fail(CopyStatus.PEER_GONE, 3, 0, "gone");
        assertThat(cell.hasFailed()).isTrue();
        cell.end();
        assertThat(cell.hasFailed()).isFalse();
        assertThat(cell.failureErrno()).isZero();
    }

    @Test
    void copyThatThrowsFreesItsCell() {
        DrayCore dray = toys.load();
        MemoryRegion from = dray.engine("toy").register(Toys.empty(8), Access.READ_WRITE);
        MemoryRegion to = dray.wrap(Toys.empty(8));
        toys.toy.onStep = step -> {
            throw new IllegalStateException("driver");
        };
        for (int i = 0; i < 2 * CopyContext.COUNT; i++) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> from.engine().copy(from, 0, to, 0, 8))
                    .withMessage("driver");
        }
    }
}
