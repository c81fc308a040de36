package org.dray.internal;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.dray.CopyException;

/**
 * Regions whose close ran into its bound because a peer's copy goes on. They keep their memory, also when their Dray is
 * closed and forgotten, until a later close or registration finds the copy ended.
 */
final class Quarantine {
    private static final System.Logger LOG = System.getLogger(Quarantine.class.getName());
    private static final Set<Root> HELD = ConcurrentHashMap.newKeySet();

    private Quarantine() {}

    static void hold(Root root) {
        HELD.add(root);
    }

    static void drop(Root root) {
        HELD.remove(root);
    }

    /** Releases those that nobody uses any more. */
    static void reap() {
        for (Root root : HELD) {
            try {
                root.close(System.nanoTime());
                root.dray.finishClose();
            } catch (CopyException stillBusy) {
                // Stays here until the next time.
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "a region left quarantine, and its driver failed to close it", e);
            }
        }
    }
}
