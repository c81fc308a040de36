package org.dray.linux;

/** Says on standard output whether the library could be loaded, or why not; then uses it. */
final class LoaderProbe {
    private LoaderProbe() {}

    public static void main(String[] arguments) {
        LinuxLibrary.unavailabilityCause().ifPresent(cause -> {
            System.out.println(cause);
            System.out.println("suppressed: " + cause.getSuppressed().length);
            try {
                LinuxLibrary.ensureAvailable();
            } catch (UnsatisfiedLinkError e) {
                System.out.println("refused: " + (e.getCause() == cause));
            }
        });
        if (LinuxLibrary.isAvailable()) {
            LinuxLibrary.ensureAvailable();
            System.out.println("loaded, page size " + Memory.pageSizeBytes());
        }
    }
}
