package org.dray.backend.knem;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import org.dray.CopyEngine;
import org.dray.CopyException;
import org.dray.Dray;
import org.dray.DrayOptions;
import org.dray.Finding;
import org.dray.MemoryRegion;
import org.dray.RegionToken;

/** Says who it is; then, for each token, whether it can read and write the region. */
final class OtherUserMain {
    static final int BYTES = 4096;

    private OtherUserMain() {}

    public static void main(String[] args) throws IOException {
        DrayOptions options = DrayOptions.builder()
                .require("knem")
                .directory(Path.of(args[0]))
                .build();
        try (Dray dray = Dray.load(options);
                BufferedReader tokens = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println("self " + HexFormat.of().formatHex(dray.self().toBytes()));
            for (String line = tokens.readLine(); line != null; line = tokens.readLine()) {
                System.out.println("result " + use(dray, HexFormat.of().parseHex(line)));
            }
        }
    }

    private static String use(Dray dray, byte[] token) {
        CopyEngine knem = dray.engine("knem");
        try (MemoryRegion far = knem.attach(RegionToken.parse(token));
                MemoryRegion near = dray.wrap(ByteBuffer.allocateDirect(BYTES))) {
            knem.copy(far, 0, near, 0, BYTES);
            knem.copy(near, 0, far, 0, BYTES);
            return "OK";
        } catch (CopyException e) {
            return e.status() + e.findings().stream().map(Finding::check).reduce("", (a, b) -> a + " " + b);
        }
    }
}
