package org.dray.tck;

import java.util.Set;
import org.dray.ChannelOptions;
import org.dray.CopyChannel;

/** A mutant that spoils channels. */
interface ChannelMutant extends Mutant {

    /** The channel with its defect; what is not overridden in it is genuine. */
    default SurfaceChannel channel(SurfaceEngine engine, CopyChannel genuine, ChannelOptions options) {
        return new SurfaceChannel(genuine);
    }

    @Override
    default CopyChannel openChannel(SurfaceEngine engine, ChannelOptions options) {
        SurfaceChannel channel = channel(engine, engine.genuine().openChannel(options), options);
        engine.channels().add(channel);
        return channel;
    }

    /** All channels that an engine has opened. */
    default Set<SurfaceChannel> open(SurfaceEngine engine) {
        return engine.channels();
    }

    @Override
    default Layer layer() {
        return Layer.SURFACE;
    }
}
