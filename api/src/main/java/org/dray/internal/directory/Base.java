package org.dray.internal.directory;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The directory that the instances of one user share. */
final class Base {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    /** The uid where the system has none. */
    static final int NO_USERS = -1;

    private static final String USER = "%u";

    private final Optional<Path> configured;

    Base(Optional<Path> configured) {
        this.configured = configured.map(Path::toAbsolutePath);
    }

    /** Where the instances of a user keep their files. */
    Path of(int uid) {
        String user = uid == NO_USERS ? System.getProperty("user.name") : Integer.toUnsignedString(uid);
        return configured.map(it -> Path.of(it.toString().replace(USER, user))).orElseGet(() -> {
            Path shm = Path.of("/dev/shm");
            Path parent = Files.isDirectory(shm) ? shm : Path.of(System.getProperty("java.io.tmpdir"));
            return parent.resolve("dray-" + user);
        });
    }

    /** Makes the directory, or checks that nobody else can write or look into the one that is there. */
    void prepare(int uid) throws IOException {
        Path directory = of(uid);
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            Path parent = directory.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            try {
                Files.createDirectory(directory, owner("rwx------"));
            } catch (java.nio.file.FileAlreadyExistsException raced) {
                // Another process was first; its directory is checked like any other.
            }
        }
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(directory + " is not a directory");
        }
        if (!POSIX) {
            return;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS);
        if (permissions.stream().anyMatch(OTHERS::contains)) {
            throw new IOException(directory + " has mode " + PosixFilePermissions.toString(permissions)
                    + " and must have rwx------: chmod 700 " + directory);
        }
        if (uid != NO_USERS
                && !Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS)
                        .equals(uid)) {
            throw new IOException(directory + " belongs to another user than uid " + uid
                    + ": remove it, or name another one with -Ddray.directory");
        }
    }

    /** A file attribute for files that only the owner may use. */
    static FileAttribute<?>[] ownerOnly() {
        return owner("rw-------");
    }

    private static FileAttribute<?>[] owner(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
