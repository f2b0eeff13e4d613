package dev.muster.restore.files;

import dev.muster.drill.BadBackup;
import dev.muster.drill.Progress;
import dev.muster.restore.work.Job;
import dev.muster.restore.work.Room;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The folder that an archive's entries go into. Nothing leaves it: names that climb out, links that point out, entries
 * under a link, and a second entry of one name are refused by name.
 */
public final class Landing implements Arrivals {
    private static final int BUFFER = 1 << 16;
    private static final int LONGEST_NAME = 255;

    private final Job job;
    private final Path root;
    private final Room room;
    private final LongSupplier packed;
    private final long size;
    private final byte[] buffer = new byte[BUFFER];
    private long files;
    private long bytes;
    private Optional<Instant> newest = Optional.empty();

    /**
     * @param packed how many bytes of the archive have been read
     * @param size how many bytes the archive has
     */
    public Landing(Job job, Path root, LongSupplier packed, long size) {
        this.job = job;
        this.root = root;
        this.room = new Room(job);
        this.packed = packed;
        this.size = size;
    }

    public Path root() {
        return root;
    }

    long files() {
        return files;
    }

    public long bytes() {
        return bytes;
    }

    /** The newest time that an entry bears. */
    Optional<Instant> newest() {
        return newest;
    }

    @Override
    public void folder(String name) throws BadBackup, InterruptedException {
        Path path = inside(name);
        checkStillWanted();
        try {
            makeFolders(name, path);
        } catch (IOException e) {
            throw room.failed(e);
        }
    }

    /** Removes the file of this name, which a later one takes the place of; returns where that one goes. */
    public Path clear(String name) throws IOException, BadBackup, InterruptedException {
        Path path = fresh(name);
        if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            Files.delete(path);
        }
        return path;
    }

    /** Where a file lies that came before; absent when none of this name did. */
    public Optional<Path> earlier(String name) throws BadBackup {
        Path path = inside(name);
        return hasLinkAbove(path) || !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                ? Optional.empty()
                : Optional.of(path);
    }

    @Override
    public void file(String name, long announced, Optional<Instant> time, InputStream content)
            throws IOException, BadBackup, InterruptedException {
        Path path = fresh(name);
        room.expect(announced, packed.getAsLong());
        long written = 0;
        try (OutputStream out = create(name, path)) {
            int count;
            while ((count = content.read(buffer)) >= 0) {
                checkStillWanted();
                written += count;
                if (written > announced) {
                    throw job.bad("The entry " + name + " is larger than the " + announced + " bytes it announces");
                }
                room.take(count, packed.getAsLong());
                write(out, count);
                job.progress().advances(job.work(), packed.getAsLong(), size, Progress.Unit.BYTES);
            }
        }
        if (written < announced) {
            throw job.bad("The entry " + name + " ends after " + written + " of the " + announced
                    + " bytes it announces: the archive is cut short or damaged");
        }
        files++;
        bytes += written;
        if (time.isPresent()) {
            stamp(path, time.get());
        }
    }

    /** Makes a symbolic link that stays within the folder. */
    @Override
    public void link(String name, String target) throws BadBackup, InterruptedException {
        Path path = fresh(name);
        Path relative = root.relativize(above(path));
        if (!staysWithin(relative, target)) {
            throw job.bad("The entry " + name + " is a link that points out of the archive, to " + target);
        }
        try {
            Files.createSymbolicLink(path, Path.of(target));
        } catch (FileAlreadyExistsException e) {
            throw twice(name);
        } catch (IOException e) {
            throw room.failed(e);
        }
    }

    /** Makes a second name for a file that came before. */
    @Override
    public void hardLink(String name, String target) throws BadBackup, InterruptedException {
        Path path = fresh(name);
        Path existing = inside(target);
        if (existing.equals(root)
                || hasLinkAbove(existing)
                || !Files.isRegularFile(existing, LinkOption.NOFOLLOW_LINKS)) {
            throw job.bad("The entry " + name + " is a hard link to " + target
                    + ", which is no file that came before it in the archive");
        }
        try {
            Files.createLink(path, existing);
        } catch (FileAlreadyExistsException e) {
            throw twice(name);
        } catch (IOException e) {
            throw room.failed(e);
        }
        files++;
    }

    /** Only a target that climbs first and descends after is judged rightly without looking at other links. */
    private static boolean staysWithin(Path from, String target) {
        if (target.isEmpty() || target.startsWith("/") || target.indexOf('\0') >= 0) {
            return false;
        }
        int depth = from.toString().isEmpty() ? 0 : from.getNameCount();
        boolean descended = false;
        for (String part : target.split("/", -1)) {
            if (part.equals("..")) {
                depth--;
                if (descended || depth < 0) {
                    return false;
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                descended = true;
            }
        }
        return true;
    }

    private Path fresh(String name) throws BadBackup, InterruptedException {
        checkStillWanted();
        Path path = inside(name);
        if (path.equals(root)) {
            throw job.bad("An entry has no name of its own (\"" + name + "\")");
        }
        try {
            makeFolders(name, above(path));
        } catch (IOException e) {
            throw room.failed(e);
        }
        return path;
    }

    private Path inside(String name) throws BadBackup {
        if (name.startsWith("/")) {
            throw job.bad("The entry " + name + " has an absolute path");
        }
        Path path = root;
        try {
            for (String part : name.split("/", -1)) {
                if (part.equals("..")) {
                    throw job.bad("The entry " + name + " climbs out of the archive with ..");
                }
                if (part.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME || part.indexOf('\0') >= 0) {
                    throw job.bad("The entry " + name + " has a name that no disk takes");
                }
                if (!part.isEmpty() && !part.equals(".")) {
                    path = path.resolve(part);
                }
            }
        } catch (InvalidPathException e) {
            throw job.cannot(
                    "The entry " + name + " has a name that Java cannot write with this machine's locale",
                    "Run Muster with a UTF-8 locale, say LC_ALL=C.UTF-8.");
        }
        return path;
    }

    private void makeFolders(String name, Path folder) throws IOException, BadBackup {
        if (folder.equals(root) || Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            if (hasLinkAbove(folder)) {
                throw underLink(name);
            }
            return;
        }
        makeFolders(name, above(folder));
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            throw underLink(name);
        }
    }

    private Path above(Path path) {
        return Optional.ofNullable(path.getParent()).orElse(root);
    }

    private boolean hasLinkAbove(Path path) {
        for (Path at = above(path); at.startsWith(root) && !at.equals(root); at = above(at)) {
            if (Files.isSymbolicLink(at)) {
                return true;
            }
        }
        return false;
    }

    private BadBackup underLink(String name) {
        return job.bad("The entry " + name + " lies under an entry that is no folder");
    }

    private BadBackup twice(String name) {
        return job.bad("The entry " + name + " is in the archive twice");
    }

    private OutputStream create(String name, Path path) throws BadBackup {
        try {
            return Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw twice(name);
        } catch (IOException e) {
            throw room.failed(e);
        }
    }

    private void write(OutputStream out, int count) {
        try {
            out.write(buffer, 0, count);
        } catch (IOException e) {
            throw room.failed(e);
        }
    }

    private void stamp(Path path, Instant time) {
        if (newest.isEmpty() || newest.get().isBefore(time)) {
            newest = Optional.of(time);
        }
        try {
            Files.setLastModifiedTime(path, FileTime.from(time));
        } catch (IOException e) {
            throw room.failed(e);
        }
    }

    private static void checkStillWanted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}
