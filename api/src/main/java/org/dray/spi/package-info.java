/**
 * What a backend implements. Used by backends, the test kit and Dray's own core, by nobody else.
 *
 * <p>A backend is a thin driver: probe, open, register, attach, copy, close. The core above it does everything that
 * every backend would repeat: it checks arguments, bounds, access and overlap; it keeps lifetimes, so that a driver
 * never sees a region that is closed or closing; it publishes regions for peers and proves to the owner when no peer
 * uses one any more; it answers zero-length copies and splits copies above a route's limit.
 */
@NullMarked
package org.dray.spi;

import org.jspecify.annotations.NullMarked;
