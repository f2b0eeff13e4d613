package dev.muster.restore.server;

import dev.muster.drill.BadBackup;
import dev.muster.restore.files.Arrivals;
import dev.muster.restore.files.Landing;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Takes the files and folders of a server and leaves out its symbolic links: they lead to places of production, such as
 * its settings or its certificates, and a server that recovers needs none of them.
 */
final class FilesOnly implements Arrivals {
    private final Landing landing;
    private final Set<String> links;

    /** @param links where the names of links are kept */
    FilesOnly(Landing landing, Set<String> links) {
        this.landing = landing;
        this.links = links;
    }

    long bytes() {
        return landing.bytes();
    }

    @Override
    public void folder(String name) throws BadBackup, InterruptedException {
        landing.folder(name);
    }

    @Override
    public void file(String name, long announced, Optional<Instant> time, InputStream content)
            throws IOException, BadBackup, InterruptedException {
        landing.file(name, announced, time, content);
    }

    @Override
    public void link(String name, String target) {
        links.add(name);
    }

    @Override
    public void hardLink(String name, String target) throws BadBackup, InterruptedException {
        landing.hardLink(name, target);
    }
}
