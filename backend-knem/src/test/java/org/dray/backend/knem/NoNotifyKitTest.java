package org.dray.backend.knem;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A driver of before 1.1.0, which has no notifications: channels look at the status array. Loaded with
 * {@code forceflags=0x10}: every copy pins the memory of the caller.
 */
@EnabledIfSystemProperty(named = "dray.knem.setUp", matches = "no-notify")
class NoNotifyKitTest extends KnemTckTest {}
