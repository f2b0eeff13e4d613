package dev.muster.scratch;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserPrincipalLookupService;

/**
 * Gives what root wrote into a scratch to the scratch's user. It goes from folder to folder by open handles and never
 * by path, since what runs in the scratch could meanwhile put a link to a file of the machine in the way.
 */
final class Handover {
    private final Path place;
    private final Account account;

    Handover(Path place, Account account) {
        this.place = place;
        this.account = account;
    }

    void of(Path path) {
        Path within = place.relativize(path.normalize());
        if (within.startsWith("..") || within.toString().isEmpty()) {
            throw new IllegalArgumentException(path + " is not in the scratch " + place);
        }
        if (!account.assumed()) {
            return;
        }
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(place)) {
            descend(secure(stream), within);
        } catch (IOException failed) {
            throw new CouldNotRun(
                    new Problem(
                            "A restored file could not be given to the user " + account.name() + ": " + failed,
                            path.toString(),
                            "See whether that folder's disk keeps owners of files, or set scratch.folder to another."),
                    failed);
        }
    }

    private void descend(SecureDirectoryStream<Path> folder, Path within) throws IOException {
        Path first = within.getName(0);
        if (within.getNameCount() == 1) {
            give(folder, first);
            return;
        }
        try (SecureDirectoryStream<Path> inner = folder.newDirectoryStream(first, LinkOption.NOFOLLOW_LINKS)) {
            descend(inner, within.subpath(1, within.getNameCount()));
        }
    }

    /** Contents first: as long as a folder is root's, nothing in it can be exchanged. */
    private void give(SecureDirectoryStream<Path> folder, Path name) throws IOException {
        PosixFileAttributeView view =
                folder.getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        PosixFileAttributes attributes = view.readAttributes();
        if (attributes.isDirectory()) {
            try (SecureDirectoryStream<Path> inner = folder.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
                for (Path entry : inner) {
                    giveIfThere(inner, entry.getFileName());
                }
            }
        }
        if (attributes.isDirectory() || attributes.isRegularFile()) {
            UserPrincipalLookupService names = FileSystems.getDefault().getUserPrincipalLookupService();
            view.setGroup(names.lookupPrincipalByGroupName(String.valueOf(account.group())));
            view.setOwner(names.lookupPrincipalByName(String.valueOf(account.user())));
        }
    }

    private void giveIfThere(SecureDirectoryStream<Path> folder, Path name) throws IOException {
        try {
            give(folder, name);
        } catch (NoSuchFileException goneMeanwhile) {
            return;
        }
    }

    private static SecureDirectoryStream<Path> secure(DirectoryStream<Path> stream) {
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            return secure;
        }
        throw new IllegalStateException("this system opens no folders by handle");
    }
}
