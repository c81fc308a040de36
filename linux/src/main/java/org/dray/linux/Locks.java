package org.dray.linux;

/**
 * Advisory locks on byte ranges of files, in the forms that do not wait.
 *
 * <p>A <i>record lock</i> belongs to the process: it ends when the process ends, when it closes <b>any</b> descriptor
 * of that file, and so at exec when one of them is close-on-exec; children do not inherit it. A <i>description lock</i>
 * (OFD) belongs to the open file: duplicates and children share it, and it ends with the last of them; where exec or
 * exit closes that one, a moment after it. The two kinds exclude each other.
 *
 * <p>A length of 0 reaches to the end of the file, wherever that will be. {@link #F_WRLCK} needs a descriptor open for
 * writing, {@link #F_RDLCK} one open for reading.
 */
public final class Locks {
    /** A lock that several may hold. */
    @java.lang.annotation.Native
    public static final int F_RDLCK = 0;

    /** A lock that excludes all others. */
    public static final int F_WRLCK = 1;

    /** What a query answers where the lock belongs to an open file description and so to no process. */
    public static final int HELD_BY_DESCRIPTION = Integer.MAX_VALUE;

    /** What a query answers for a process that has no number in this pid namespace. */
    public static final int HELD_BY_INVISIBLE_PROCESS = Integer.MAX_VALUE - 1;

    private static final int F_UNLCK = 2;

    private static final int F_GETLK = 5;

    private static final int F_SETLK = 6;

    private static final int F_OFD_GETLK = 36;

    private static final int F_OFD_SETLK = 37;

    private Locks() {}

    /**
     * Takes or changes a record lock of this process.
     *
     * @param fd a descriptor of the file
     * @param type {@link #F_RDLCK} or {@link #F_WRLCK}
     * @param startBytes first byte
     * @param lengthBytes how many, 0 for all that follow
     * @return false when another process or an open file description stands in the way
     * @throws LinuxException as {@code fcntl(2)} refuses
     */
    public static boolean tryPosixLock(int fd, int type, long startBytes, long lengthBytes) {
        return tryLock(fd, F_SETLK, type, startBytes, lengthBytes);
    }

    /**
     * Gives a record lock of this process back; what is not locked stays so.
     *
     * @param fd a descriptor of the file
     * @param startBytes first byte
     * @param lengthBytes how many, 0 for all that follow
     * @throws LinuxException as {@code fcntl(2)} refuses
     */
    public static void posixUnlock(int fd, long startBytes, long lengthBytes) {
        tryLock(fd, F_SETLK, F_UNLCK, startBytes, lengthBytes);
    }

    /**
     * Who holds any lock on the file that is in the way of a write lock over the whole of it. Raw. Locks of this
     * process itself never are.
     *
     * @param fd a descriptor of the file
     * @return 0 when nobody does; else the pid of one holder, {@link #HELD_BY_DESCRIPTION} or
     *     {@link #HELD_BY_INVISIBLE_PROCESS}; or {@code -errno}
     */
    public static int posixLockHolder(int fd) {
        return Native.lockHolder0(fd, F_GETLK, F_WRLCK, 0, 0);
    }

    /**
     * Who is in the way of a record lock on a range. Raw.
     *
     * @param fd a descriptor of the file
     * @param type {@link #F_RDLCK} or {@link #F_WRLCK}
     * @param startBytes first byte
     * @param lengthBytes how many, 0 for all that follow
     * @return as {@link #posixLockHolder(int)}
     */
    public static int posixLockHolder(int fd, int type, long startBytes, long lengthBytes) {
        return Native.lockHolder0(fd, F_GETLK, type, startBytes, lengthBytes);
    }

    /**
     * Takes or changes a lock of the open file description behind a descriptor.
     *
     * @param fd the descriptor
     * @param type {@link #F_RDLCK} or {@link #F_WRLCK}
     * @param startBytes first byte
     * @param lengthBytes how many, 0 for all that follow
     * @return false when another description or a process stands in the way
     * @throws LinuxException as {@code fcntl(2)} refuses
     */
    public static boolean tryDescriptionLock(int fd, int type, long startBytes, long lengthBytes) {
        return tryLock(fd, F_OFD_SETLK, type, startBytes, lengthBytes);
    }

    /**
     * Gives a lock of an open file description back.
     *
     * @param fd the descriptor
     * @param startBytes first byte
     * @param lengthBytes how many, 0 for all that follow
     * @throws LinuxException as {@code fcntl(2)} refuses
     */
    public static void descriptionUnlock(int fd, long startBytes, long lengthBytes) {
        tryLock(fd, F_OFD_SETLK, F_UNLCK, startBytes, lengthBytes);
    }

    /**
     * Who is in the way of a lock by this descriptor's open file description. Raw. Unlike {@link #posixLockHolder(int)}
     * it also sees locks that this process holds through other descriptions, and its record locks.
     *
     * @param fd the descriptor
     * @param type {@link #F_RDLCK} or {@link #F_WRLCK}
     * @param startBytes first byte
     * @param lengthBytes how many, 0 for all that follow
     * @return as {@link #posixLockHolder(int)}
     */
    public static int descriptionLockHolder(int fd, int type, long startBytes, long lengthBytes) {
        return Native.lockHolder0(fd, F_OFD_GETLK, type, startBytes, lengthBytes);
    }

    private static boolean tryLock(int fd, int command, int type, long startBytes, long lengthBytes) {
        Checks.fileRange(startBytes, lengthBytes);
        int result = Native.lock0(fd, command, type, startBytes, lengthBytes);
        if (result == -Errno.EAGAIN || result == -Errno.EACCES) {
            return false;
        }
        LinuxException.check("fcntl(lock)", result);
        return true;
    }
}
