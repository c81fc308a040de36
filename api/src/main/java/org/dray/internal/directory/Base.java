package org.dray.internal.directory;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The directory that the instances of one user share. */
final class Base {
    /** The uid where the system has none. */
    static final int NO_USERS = -1;

    private static final String USER = "%u";
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final Set<PosixFilePermission> CLOSED = PosixFilePermissions.fromString("rwx------");
    /** Whoever knows the name of a file gets to it; nobody can list the names. */
    private static final Set<PosixFilePermission> PASSABLE = PosixFilePermissions.fromString("rwx--x--x");

    private static final Set<PosixFilePermission> WRITABLE =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

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

    /** Makes the directory, or checks that nobody else can write to the one that is there, or list it. */
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
        if (!CLOSED.containsAll(permissions) && !permissions.equals(PASSABLE)) {
            throw new IOException(directory + " has mode " + PosixFilePermissions.toString(permissions)
                    + " and must have rwx------, or rwx--x--x if peers of other users were admitted: chmod 700 "
                    + directory);
        }
        if (uid != NO_USERS && ownerOf(directory) != uid) {
            throw new IOException(directory + " belongs to another user than uid " + uid
                    + ": remove it, or name another one with -Ddray.directory");
        }
    }

    /** Lets other users pass, to files that they know and may open. */
    void openToOthers(int uid) throws IOException {
        Files.setPosixFilePermissions(of(uid), PASSABLE);
    }

    /**
     * Says why nothing in the directory of another user can be trusted to be that user's; empty if it can be, or if
     * there is no directory.
     */
    Optional<String> distrust(int uid) {
        Path directory = of(uid);
        try {
            PosixFileAttributes attributes =
                    Files.readAttributes(directory, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isDirectory()) {
                return Optional.of(directory + " is not a directory");
            }
            int owner = ownerOf(directory);
            if (owner != uid) {
                return Optional.of(directory + " belongs to uid " + Integer.toUnsignedString(owner) + ", not to uid "
                        + Integer.toUnsignedString(uid));
            }
            Set<PosixFilePermission> permissions = attributes.permissions();
            return permissions.stream().anyMatch(WRITABLE::contains)
                    ? Optional.of(directory + " has mode " + PosixFilePermissions.toString(permissions)
                            + ": others than its user can write to it")
                    : Optional.empty();
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(directory + " cannot be looked at: " + e);
        }
    }

    static int ownerOf(Path file) throws IOException {
        return (Integer) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
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
