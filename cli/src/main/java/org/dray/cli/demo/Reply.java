package org.dray.cli.demo;

/**
 * What the peer answers: one line of JSON on its standard output.
 *
 * @param problem why it did not work; empty if it did
 * @param text what the request's verb says
 * @param nanos how long a transfer took, without poisoning and hashing; else 0
 */
record Reply(String problem, String text, long nanos) {

    static Reply of(String text) {
        return new Reply("", text, 0);
    }

    static Reply transferred(long nanos, String sha256) {
        return new Reply("", sha256, nanos);
    }

    static Reply failed(Throwable problem) {
        String message = problem.getMessage();
        return new Reply(message == null ? problem.toString() : message, "", 0);
    }
}
