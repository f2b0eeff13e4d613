package dev.muster.restore.files;

import dev.muster.drill.BadBackup;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Takes the entries of an archive as they come. */
public interface Arrivals {

    void folder(String name) throws IOException, BadBackup, InterruptedException;

    /** Takes a file's content, which must have exactly the size announced. */
    void file(String name, long announced, Optional<Instant> time, InputStream content)
            throws IOException, BadBackup, InterruptedException;

    /** Takes a symbolic link. */
    void link(String name, String target) throws IOException, BadBackup, InterruptedException;

    /** Takes a second name for a file that came before. */
    void hardLink(String name, String target) throws IOException, BadBackup, InterruptedException;

    /**
     * Makes what takes the entries of one archive.
     *
     * @param <A> what it makes
     */
    interface Maker<A extends Arrivals> {
        /**
         * Makes it.
         *
         * @param packed how many bytes of the archive have been read
         * @param size how many bytes the archive has
         */
        A make(LongSupplier packed, long size);
    }
}
