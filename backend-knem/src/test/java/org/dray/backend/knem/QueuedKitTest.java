package org.dray.backend.knem;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A module that was loaded with {@code forceflags=8}: every copy is queued, also one that is waited for. */
@EnabledIfSystemProperty(named = "dray.knem.setUp", matches = "queued")
class QueuedKitTest extends KnemTckTest {}
