/**
 * The shared directory: how processes find each other's regions, and how an owner knows that no peer uses one any more.
 *
 * <p>Each Dray has three files in a directory that only its user can enter, named by its instance number:
 * {@code .alive} carries a record lock that the system drops when the process ends; {@code .r} is written by the owner
 * and tells what is published; {@code .c} is written by peers and tells what they are using. The contents of {@code .c}
 * are never trusted: garbage there can delay a close up to its bound, and nothing else.
 */
@NullMarked
package org.dray.internal.directory;

import org.jspecify.annotations.NullMarked;
