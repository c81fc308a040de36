package org.dray.backend.knem;

import org.dray.linux.Processes;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Two users: the examining process is root, the others are nobody; every region is registered after an admission. */
@EnabledIf(value = "isRoot", disabledReason = "it takes root to be two users")
@EnabledIfSystemProperty(named = "dray.knem.setUp", matches = "two-users")
class TwoUsersKitTest extends KnemTckTest {
    static boolean isRoot() {
        return Processes.userId() == 0;
    }
}
