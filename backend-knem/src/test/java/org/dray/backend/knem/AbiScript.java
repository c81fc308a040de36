package org.dray.backend.knem;

import java.nio.ByteBuffer;
import java.util.List;
import org.dray.Access;
import org.dray.ChannelOptions;
import org.dray.CopyChannel;
import org.dray.CopyEngine;
import org.dray.Dray;
import org.dray.DrayOptions;
import org.dray.MemoryRegion;
import org.dray.RegionOption;

/** A fixed list of operations, for a process of its own: what reaches the device is the same every time. */
final class AbiScript {
    private AbiScript() {}

    private static ByteBuffer bytes(int count) {
        return ByteBuffer.allocateDirect(count);
    }

    public static void main(String[] args) throws InterruptedException {
        try (Dray dray = Dray.load(DrayOptions.builder().require("knem").build())) {
            CopyEngine knem = dray.engine("knem");
            MemoryRegion shared = knem.register(bytes(4096), Access.READ_WRITE);
            MemoryRegion scattered = knem.register(dray.wrap(List.of(bytes(100), bytes(200))), Access.READ);
            MemoryRegion once = knem.register(bytes(50), Access.WRITE, RegionOption.SINGLE_USE);
            MemoryRegion farShared = knem.attach(shared.token());
            MemoryRegion farScattered = knem.attach(scattered.token());
            MemoryRegion farOnce = knem.attach(once.token());
            MemoryRegion near = dray.wrap(bytes(1000));
            MemoryRegion nearScattered = dray.wrap(List.of(bytes(10), bytes(20), bytes(30)));

            knem.copy(farShared, 32, near, 16, 64);
            knem.copy(near, 1, farShared, 4095, 1);
            knem.copy(farScattered, 90, nearScattered, 5, 50);
            knem.copy(farScattered, 0, farShared, 1000, 300);
            knem.copy(near, 0, farOnce, 0, 50);
            try (CopyChannel channel = knem.openChannel(new ChannelOptions(2, true))) {
                channel.submit(farShared, 8, near, 0, 16, 1, 0);
                channel.submit(near, 0, farShared, 8, 16, 2, 0);
                for (int done = 0; done < 2; ) {
                    channel.await(1_000_000_000);
                    done += channel.poll((sequence, tag, status, errno, bytesDone, route) -> {}, 2);
                }
            }
            scattered.close();
            once.close();
            shared.close();
        }
        System.out.println("done");
    }
}
