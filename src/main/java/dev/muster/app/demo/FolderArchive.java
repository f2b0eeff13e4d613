package dev.muster.app.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Packs a folder as {@code tar -c} does, its entries in the order of their names. */
final class FolderArchive {
    private FolderArchive() {}

    /** @param top the name that the folder has in the archive */
    static void write(Path folder, String top, OutputStream out) throws IOException, InterruptedException {
        List<Path> paths;
        try (Stream<Path> found = Files.walk(folder)) {
            paths = found.sorted().toList();
        }
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8");
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        for (Path path : paths) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            boolean directory = Files.isDirectory(path);
            String name = top + "/" + folder.relativize(path);
            TarArchiveEntry entry = new TarArchiveEntry(directory && !name.endsWith("/") ? name + "/" : name);
            entry.setModTime(Files.getLastModifiedTime(path));
            entry.setMode(directory ? 040755 : 0100644);
            entry.setUserName("odoo");
            entry.setGroupName("odoo");
            entry.setSize(directory ? 0 : Files.size(path));
            tar.putArchiveEntry(entry);
            if (!directory) {
                Files.copy(path, tar);
            }
            tar.closeArchiveEntry();
        }
        tar.finish();
    }
}
