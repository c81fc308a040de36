/**
 * Linux system calls by subject, as thin static methods over one JNI library.
 *
 * <p>Exported and unsupported: made for Dray's backends and TCK. These rules hold for every class here:
 *
 * <ul>
 *   <li>Memory is given as {@code long} address and {@code long} length in bytes. <b>Addresses are never checked</b>: a
 *       wrong one ends the process. The caller keeps the memory alive for the whole call
 *       ({@link java.lang.ref.Reference#reachabilityFence}).
 *   <li>A method that says <i>raw</i> returns the kernel's result, or {@code -errno}, allocates nothing and checks
 *       nothing; its caller has done so. Every other method checks its arguments before it crosses into C
 *       ({@link java.lang.IllegalArgumentException}, nothing has happened) and throws {@link LinuxException} when the
 *       kernel refuses.
 *   <li>Nothing retries a call that a signal interrupted ({@code EINTR}), except where a method says so.
 *   <li>Every descriptor that is made here is close-on-exec; {@link Descriptors#setCloseOnExec} changes that.
 *   <li>All methods may be called by any thread; none takes a lock.
 *   <li>Constants keep their kernel names; the C compiler compares each with the headers of its architecture.
 *   <li>Where the library could not be loaded, each call ends in an {@link java.lang.UnsatisfiedLinkError}.
 *       {@link LinuxLibrary} tells beforehand, and tells why.
 * </ul>
 */
@NullMarked
package org.dray.linux;

import org.jspecify.annotations.NullMarked;
