package org.dray.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.dray.cli.demo.Steps;
import org.jspecify.annotations.Nullable;

/** Follows the demo on a terminal, and leaves nothing behind. */
final class ProgressLine implements Steps, AutoCloseable {
    private static final int UPDATE_MILLIS = 200;

    private final StatusLine line;
    private @Nullable ProgressBar bar;

    ProgressLine(StatusLine line) {
        this.line = line;
    }

    @Override
    public void reading() {
        line.show("reading the file");
    }

    @Override
    public void begin(int transfers) {
        if (line.isWatched()) {
            bar = new ProgressBarBuilder()
                    .setTaskName("transfers")
                    .setInitialMax(transfers)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(UPDATE_MILLIS)
                    .setConsumer(new Consumer(line))
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
        }
        line.clear();
    }

    /** The library's own consumers ask jline for the terminal, which brings a native library along. */
    private record Consumer(StatusLine line) implements ProgressBarConsumer {
        @Override
        public int getMaxRenderedLength() {
            return line.columns();
        }

        @Override
        public void accept(String text) {
            line.show(text);
        }

        @Override
        public void close() {
            line.clear();
        }
    }
}
