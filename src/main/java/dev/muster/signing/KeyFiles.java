package dev.muster.signing;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.InvalidKeyException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where keys lie on disk: the private one for its owner's eyes only, and never half written. */
final class KeyFiles {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> EVERYBODY_READS = PosixFilePermissions.fromString("rw-r--r--");
    private static final long LONGEST_KEY_FILE = 64 * 1024;

    private KeyFiles() {}

    static void createFolder(Path folder) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    static void createPrivate(Path file, String pem) throws IOException {
        write(file, pem, OWNER_ONLY);
    }

    static void replacePrivate(Path file, String pem) throws IOException {
        replace(file, pem, OWNER_ONLY);
    }

    static void replacePublic(Path file, String pem) throws IOException {
        replace(file, pem, EVERYBODY_READS);
    }

    /** Puts the public key of a use into the folder; whichever was there before ends now. Gives whether it is new. */
    static boolean succeed(Path folder, KeyUse use, PublicKeyText key, Instant now) {
        Path file = use.publicFile(folder);
        try {
            createFolder(folder);
            Optional<PublicKeyText> before =
                    Files.exists(file) ? PublicKeyText.parse(text(file)) : Optional.<PublicKeyText>empty();
            if (before.filter(same -> same.keyId().equals(key.keyId())).isPresent()) {
                return false;
            }
            if (before.isPresent()) {
                replacePublic(
                        use.retiredFile(folder, before.get().keyId()),
                        before.get().with(before.get().validity().endedBy(now)).pem());
            }
            replacePublic(file, key.pem());
            return true;
        } catch (IOException failed) {
            throw new CouldNotRun(
                    new Problem(
                            "The public key could not be put beside the others (" + failed + ")",
                            file.toString(),
                            "Make the folder writable for the user who runs Muster, or put the key there by hand."),
                    failed);
        }
    }

    static boolean openToEverybody(Path file) throws IOException {
        return Files.getPosixFilePermissions(file).stream()
                .anyMatch(permission -> permission.name().startsWith("OTHERS_"));
    }

    static boolean openToOthers(Path file) throws IOException {
        return !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file));
    }

    static List<PublicKeyText> publicKeys(Path folder) {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, "*.pem")) {
            stream.forEach(files::add);
            files.sort(null);
            List<PublicKeyText> keys = new ArrayList<>();
            for (Path file : files) {
                if (Files.isRegularFile(file) && Files.size(file) <= LONGEST_KEY_FILE) {
                    String text = text(file);
                    requireReadableTime(file, text);
                    PublicKeyText.parse(text).ifPresent(keys::add);
                }
            }
            return List.copyOf(keys);
        } catch (IOException | DirectoryIteratorException unreadable) {
            throw new CouldNotRun(
                    new Problem(
                            "The folder with the public keys cannot be read (" + unreadable + ")",
                            folder.toString(),
                            "Name a readable folder that holds the trusted public keys as *.pem files."),
                    unreadable);
        }
    }

    /** A key whose time cannot be read is not passed over: it was meant to be trusted, and for how long is unknown. */
    private static void requireReadableTime(Path file, String text) {
        try {
            PemBlock.validity(text);
        } catch (InvalidKeyException malformed) {
            throw new CouldNotRun(
                    new Problem(
                            "It cannot be read when the key is valid: " + malformed.getMessage(),
                            file.toString(),
                            "Before the key write lines such as `Valid until: 2027-11-21T00:00:00Z`, or none."),
                    malformed);
        }
    }

    /** What a file of a key holds. */
    static String text(Path file) throws IOException {
        if (Files.size(file) > LONGEST_KEY_FILE) {
            throw new IOException("it is longer than " + LONGEST_KEY_FILE + " bytes, and so no key");
        }
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    }

    private static void replace(Path file, String pem, Set<PosixFilePermission> permissions) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        write(fresh, pem, permissions);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void write(Path file, String pem, Set<PosixFilePermission> permissions) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options, PosixFilePermissions.asFileAttribute(permissions))) {
            ByteBuffer bytes = StandardCharsets.US_ASCII.encode(pem);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }
}
