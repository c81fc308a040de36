/**
 * Copies between processes by the KNEM driver.
 *
 * <p>Reading order: {@link KnemProvider} and {@link Probe} (does it work here?), {@link Abi} and {@link Request} (what
 * the driver is told), {@link KnemContext} (an open device), {@link KnemDriver} (the table of contents),
 * {@link RegionTable} (registering, and why a cookie is never used twice), {@link Transfers} (a copy),
 * {@link KnemChannel} (copies by the driver's thread).
 */
@NullMarked
package org.dray.backend.knem;

import org.jspecify.annotations.NullMarked;
