package com.example.app;

import java.nio.ByteBuffer;
import org.dray.Access;
import org.dray.Dray;
import org.dray.Exported;
import org.dray.MemoryRegion;
import org.dray.Tokens;

/** Hands a region to itself through whatever backend is there, and says which one it was. */
public final class Main {
    private Main() {}

    /**
     * Copies one region and prints how.
     *
     * @param args ignored
     */
    public static void main(String[] args) {
        ByteBuffer source = ByteBuffer.allocateDirect(4096).putLong(0, 4711);
        ByteBuffer target = ByteBuffer.allocateDirect(4096);
        try (Dray dray = Dray.load()) {
            System.out.println(dray.selection());
            try (Exported exported = dray.export(source, Access.READ);
                    MemoryRegion far = dray.attach(Tokens.parse(exported.tokens().toBytes()));
                    MemoryRegion near = dray.wrap(target)) {
                far.engine().copy(far, 0, near, 0, far.byteSize());
                System.out.println("copied by " + far.engine().info().engineId() + ": " + target.getLong(0));
            }
        } catch (RuntimeException e) {
            System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }
}
