package org.dray.linux;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Loads {@code libdray.so}: the file that the operator names, or the one in the jar, by way of a fresh directory that
 * nobody else can enter and that is gone again before this class returns. A fixed or guessable name in a shared
 * directory would let whoever writes there first run code in this JVM.
 *
 * <p>{@link System#load} asks permission of the module that calls it, so it is called here and nowhere else.
 */
final class Loader {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final int OTHERS_MAY_WRITE = 0002;
    private static final int STICKY = 01000;

    private Loader() {}

    /**
     * Returns null when the library is loaded and is the one that belongs to these classes; else the reason. Never
     * throws.
     */
    static @Nullable Throwable load(IntSupplier abiVersion) {
        try {
            Throwable reason = loadLibrary();
            return reason == null ? wrongVersion(abiVersion) : reason;
        } catch (RuntimeException | LinkageError e) {
            return e;
        }
    }

    private static @Nullable Throwable loadLibrary() {
        String path = System.getProperty(LinuxLibrary.PATH_PROPERTY);
        if (path != null) {
            return loadNamed(path);
        }
        String resource = Platform.resource(System.getProperty("os.name"), System.getProperty("os.arch"));
        List<Throwable> reasons = new ArrayList<>();
        for (Path parent : parents()) {
            Throwable reason = extractAndLoad(parent, resource);
            if (reason == null || reason instanceof IllegalCallerException) {
                return reason; // loaded, or refused to this module: no other directory would help
            }
            reasons.add(reason);
        }
        return noPlaceLeft(reasons);
    }

    private static @Nullable Throwable loadNamed(String path) {
        try {
            System.load(Path.of(path).toAbsolutePath().toString());
            return null;
        } catch (IllegalCallerException e) {
            return accessDenied(e);
        } catch (UnsatisfiedLinkError e) {
            return explained("-D" + LinuxLibrary.PATH_PROPERTY + "=" + path, e, Platform.muslHint());
        }
    }

    /** The order is that of {@link LinuxLibrary#DIRECTORY_PROPERTY}. */
    private static List<Path> parents() {
        String chosen = System.getProperty(LinuxLibrary.DIRECTORY_PROPERTY);
        if (chosen != null) {
            return List.of(Path.of(chosen));
        }
        List<Path> parents = new ArrayList<>();
        parents.add(Path.of(System.getProperty("java.io.tmpdir")));
        String runtimeDirectory = System.getenv("XDG_RUNTIME_DIR");
        if (runtimeDirectory != null && !runtimeDirectory.isEmpty()) {
            parents.add(Path.of(runtimeDirectory));
        }
        parents.add(Path.of(System.getProperty("user.home"), ".cache", "dray"));
        return parents;
    }

    private static @Nullable Throwable extractAndLoad(Path parent, String resource) {
        Path directory = null;
        Path file = null;
        try (InputStream library = Loader.class.getResourceAsStream(resource)) {
            if (library == null) {
                return new UnsatisfiedLinkError("the jar has no " + resource);
            }
            directory = Files.createTempDirectory(trusted(parent), "dray-", OWNER_ONLY);
            file = directory.resolve("libdray.so");
            Files.copy(library, file); // an existing file is an error: nothing is ever replaced
            System.load(file.toAbsolutePath().toString());
            return null;
        } catch (IllegalCallerException e) {
            return accessDenied(e);
        } catch (UnsatisfiedLinkError e) {
            String musl = Platform.muslHint();
            return explained(parent.toString(), e, musl != null ? musl : Mounts.noexecHint(parent));
        } catch (IOException e) {
            return explained(parent.toString(), e, null);
        } finally {
            delete(file); // Linux keeps what is mapped
            delete(directory);
        }
    }

    /**
     * Makes the directory where it is missing. Where everybody may rename everybody's files, ours could be exchanged.
     */
    private static Path trusted(Path parent) throws IOException {
        if (!Files.isDirectory(parent)) {
            Files.createDirectories(parent, OWNER_ONLY);
        }
        int mode = (Integer) Files.getAttribute(parent, "unix:mode");
        if ((mode & OTHERS_MAY_WRITE) != 0 && (mode & STICKY) == 0) {
            throw new IOException("everybody may write there, and it is not sticky");
        }
        return parent;
    }

    private static @Nullable Throwable wrongVersion(IntSupplier abiVersion) {
        int found = abiVersion.getAsInt();
        return found == Native.ABI_VERSION
                ? null
                : new UnsatisfiedLinkError(
                        "libdray.so has version " + found + " of Dray's native interface, and these classes need "
                                + Native.ABI_VERSION + ": they come from two builds");
    }

    private static IllegalCallerException accessDenied(IllegalCallerException cause) {
        Module module = Loader.class.getModule();
        String name = module.isNamed() ? module.getName() : "ALL-UNNAMED";
        return new IllegalCallerException(
                "this JVM denies native access: start it with --enable-native-access=" + name, cause);
    }

    private static Throwable explained(String place, Throwable reason, @Nullable String hint) {
        Throwable explained = new UnsatisfiedLinkError(
                place + ": " + (hint != null ? hint + " (" + reason.getMessage() + ")" : String.valueOf(reason)));
        explained.initCause(reason);
        return explained;
    }

    private static UnsatisfiedLinkError noPlaceLeft(List<Throwable> reasons) {
        String messages = reasons.stream().map(Throwable::getMessage).collect(Collectors.joining("; "));
        UnsatisfiedLinkError error = new UnsatisfiedLinkError("libdray.so could not be loaded: " + messages);
        reasons.forEach(error::addSuppressed);
        return error;
    }

    private static void delete(@Nullable Path path) {
        if (path != null) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                System.getLogger(Loader.class.getName()).log(System.Logger.Level.DEBUG, "left behind: " + path, e);
            }
        }
    }
}
