package org.dray.cli;

import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.dray.cli.demo.Steps;
import org.jspecify.annotations.Nullable;

/** One line on a terminal that follows the demo and then disappears; nothing where nobody watches. */
final class ProgressLine implements Steps, AutoCloseable {
    private static final String BACK_AND_CLEAR = "\r\033[K";

    private final Terminal terminal;
    private final PrintWriter err;
    private @Nullable ProgressBar bar;

    ProgressLine(Terminal terminal, PrintWriter err) {
        this.terminal = terminal;
        this.err = err;
    }

    @Override
    public void reading() {
        if (terminal.progress()) {
            show("reading the file");
        }
    }

    private void show(String text) {
        err.print(BACK_AND_CLEAR + text);
        err.flush();
    }

    @Override
    public void begin(int transfers) {
        if (terminal.progress()) {
            bar = new ProgressBarBuilder()
                    .setTaskName("transfers")
                    .setInitialMax(transfers)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(200)
                    .setConsumer(new Line())
                    .build();
        }
    }

    @Override
    public void next(String way) {
        if (bar != null) {
            bar.setExtraMessage(way);
            bar.step();
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        } else if (terminal.progress()) {
            show("");
        }
    }

    /** The library's own consumers ask jline for the terminal, which brings a native library along. */
    private final class Line implements ProgressBarConsumer {
        @Override
        public int getMaxRenderedLength() {
            return Math.min(terminal.columns(), 100) - 1;
        }

        @Override
        public void accept(String text) {
            show(text);
        }

        @Override
        public void close() {
            show("");
        }
    }
}
