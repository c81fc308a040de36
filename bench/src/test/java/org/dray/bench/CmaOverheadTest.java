package org.dray.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark runs, and what does not depend on the machine's speed holds. */
class CmaOverheadTest {
    @Test
    void copyingAllocatesNothing(@TempDir Path directory) throws IOException {
        List<OverheadRow> rows = CmaOverhead.run(directory, 3);

        assertThat(rows).hasSize(5).allSatisfy(row -> {
            assertThat(row.callNanos()).isPositive();
            assertThat(row.copyNanos()).isPositive();
            assertThat(row.heapBytes()).isZero();
            assertThat(OverheadRow.parse(row.toLine())).isEqualTo(row);
        });
    }
}
