package org.dray.backend.knem;

/** A module that was loaded with {@code forceflags=8}: every copy is queued, also one that is waited for. */
class QueuedKitTest extends KnemTckTest {}
