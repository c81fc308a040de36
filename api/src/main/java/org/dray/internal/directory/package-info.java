/**
 * The shared directory: how processes find each other's regions, and how an owner knows that no peer uses one any more.
 *
 * <p>Each Dray has three files in a directory of its user's, named by its instance number. Other users cannot get at
 * them before a peer of another user was admitted, and cannot list the names afterwards: {@code .alive} carries a
 * record lock that the system drops when the process ends; {@code .r} is written by the owner and tells what is
 * published; {@code .c} is written by peers and tells what they are using. The contents of {@code .c} are never
 * trusted: garbage there can delay a close up to its bound, or take from a peer what its claim was to protect.
 */
@NullMarked
package org.dray.internal.directory;

import org.jspecify.annotations.NullMarked;
