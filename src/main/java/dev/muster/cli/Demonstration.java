package dev.muster.cli;

import dev.muster.drill.Progress;
import dev.muster.drill.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Makes a sample estate with backups in an S3 server of its own. */
public interface Demonstration {

    /**
     * Makes the estate in this folder and keeps its S3 server up until it is closed.
     *
     * @param address of this machine, where the server is to be reached
     * @param home where the evidence goes, if not into that folder
     */
    Estate prepare(Path folder, String address, Optional<Path> home, Progress progress) throws Exception;

    /** A sample estate that is up. */
    interface Estate extends AutoCloseable {
        URI endpoint();

        String region();

        String bucket();

        String accessKey();

        Secret secretKey();

        /** The settings that reach it. */
        Path config();

        /** A runbook to try. */
        Path runbook();

        /** Where custom archives of the database lie, when this machine has a program that makes and restores them. */
        Optional<String> customArchives();

        @Override
        void close();
    }
}
