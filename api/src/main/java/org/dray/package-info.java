/**
 * Dray moves memory inside one host: between two processes with a single copy, to and from a device's memory, inside
 * persistent memory; and it tells a program when memory it had registered is no longer what it was.
 *
 * <p>Start at {@link org.dray.Dray}. Types that do something are interfaces, types that describe something are records
 * and enums. A caller's mistake throws the JDK's own exception before a byte has moved; what the world does to a copy
 * is a {@link org.dray.CopyStatus}.
 */
@NullMarked
package org.dray;

import org.jspecify.annotations.NullMarked;
