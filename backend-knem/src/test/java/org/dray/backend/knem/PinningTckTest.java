package org.dray.backend.knem;

/** A module that was loaded with {@code forceflags=0x10}: every copy pins the memory of the caller. */
class PinningTckTest extends KnemTckTest {}
