/** The report: certificates of several backends side by side, read from their files alone. */
@NullMarked
package org.dray.cli.report;

import org.jspecify.annotations.NullMarked;
