package org.dray.backend.knem;

/** A driver of before 1.1.0, which has no notifications: channels look at the status array. */
class NoNotifyTckTest extends KnemTckTest {}
