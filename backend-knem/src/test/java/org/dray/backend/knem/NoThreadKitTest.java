package org.dray.backend.knem;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A module that was loaded with {@code thread=0}: channels copy on threads of this process. */
@EnabledIfSystemProperty(named = "dray.knem.setUp", matches = "no-thread")
class NoThreadKitTest extends KnemTckTest {}
