/** The {@code dray} command: what its subcommands are called, take, print and answer. */
@NullMarked
package org.dray.cli;

import org.jspecify.annotations.NullMarked;
