package org.dray.tck;

import java.io.PrintWriter;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Says what has ended, for somebody who waits. */
final class ProgressListener implements TestExecutionListener {
    private final PrintWriter out;

    ProgressListener(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (test.isTest()) {
            out.println(test.getDisplayName().replace("()", "") + ": "
                    + switch (result.getStatus()) {
                        case SUCCESSFUL -> "ok";
                        case ABORTED -> firstLine(result);
                        case FAILED -> "FAILED: " + firstLine(result);
                    });
            out.flush();
        }
    }

    private static String firstLine(TestExecutionResult result) {
        return result.getThrowable()
                .map(it -> String.valueOf(it.getMessage()))
                .map(it -> it.lines().findFirst().orElse(it))
                .orElse("no reason given");
    }
}
