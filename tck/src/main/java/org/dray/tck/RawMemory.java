package org.dray.tck;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.dray.linux.Descriptors;
import org.dray.linux.LinuxLibrary;
import org.dray.linux.Memory;
import org.dray.linux.Processes;
import org.dray.linux.Signals;

/** What the rules do to memory and processes that Java cannot do. Needs {@code org.dray.linux} to be loadable. */
record RawMemory(long address, Block block) {

    /** Ends a rule as NOT_RUN where the library cannot be loaded. */
    static void require() {
        LinuxLibrary.unavailabilityCause().ifPresent(cause -> {
            throw new NotRun("org.dray.linux cannot be loaded: " + cause.getMessage());
        });
    }

    /** Whole pages, filled with a pattern. */
    static RawMemory map(long seed, int lengthBytes) {
        long address = Memory.mmapAnonymous(lengthBytes);
        Block block = new Block(List.of(Memory.view(address, lengthBytes)));
        block.fill(seed, 0, lengthBytes);
        return new RawMemory(address, block);
    }

    static void unmap(long address, long lengthBytes) {
        Memory.munmap(address, lengthBytes);
    }

    static int pageSizeBytes() {
        return Memory.pageSizeBytes();
    }

    static long addressOf(ByteBuffer buffer) {
        return Memory.address(buffer);
    }

    /** Stops a process, and returns when none of its threads runs any more. */
    static void stop(int pid) {
        Processes.kill(pid, Signals.SIGSTOP);
        Expect.that(Patience.until(Duration.ofSeconds(5), () -> isStopped(pid)), "process " + pid + " does not stop");
    }

    /** Every thread has reached its stop; a copy that was inside the kernel has come out of it. */
    private static boolean isStopped(int pid) {
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (Path task : tasks) {
                String stat = Files.readString(task.resolve("stat"));
                if (stat.charAt(stat.lastIndexOf(')') + 2) != 'T') {
                    return false;
                }
            }
            return true;
        } catch (IOException ended) {
            return false;
        }
    }

    static void resume(int pid) {
        Processes.kill(pid, Signals.SIGCONT);
    }

    /**
     * Turns this process into one that sleeps, with nothing of the JVM left; its output is closed, which its starter
     * sees.
     */
    static void replaceProgram() {
        for (int descriptor = 0; descriptor < 3; descriptor++) {
            Descriptors.setCloseOnExec(descriptor, true);
        }
        Processes.execve("/bin/sleep", List.of("sleep", "60"), List.of());
    }
}
