package org.dray.backend.knem;

/** A module that was loaded with {@code thread=0}: channels copy on threads of this process. */
class NoThreadKitTest extends KnemTckTest {}
