package org.dray.bench;

import java.io.IOException;

/** One way to make copies. */
interface Variant {
    /** Makes copies and tells how long each took on average. */
    double nanosPerCopy(int lengthBytes, long copies) throws IOException;
}
