package org.dray.cli.demo;

/** Follows the demo while it runs. */
public interface Steps {
    /** The file is about to be read. */
    void reading();

    /** The transfers begin; as many follow. */
    void begin(int transfers);

    /** One transfer begins. */
    void next(String way);
}
