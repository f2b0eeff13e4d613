package dev.muster.app.demo;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.nio.file.Path;
import org.gaul.s3proxy.nio2blob.AbstractNio2BlobStore;

/** Keeps objects and their versions in memory; unlike the library's own, it says where, so that objects can be dated. */
final class MemoryBlobStore extends AbstractNio2BlobStore {

    MemoryBlobStore() {
        super(Jimfs.newFileSystem(Configuration.unix().toBuilder()
                        .setAttributeViews("posix", "user")
                        .setWorkingDirectory("/")
                        .build())
                .getPath("/"));
    }

    Path folder() {
        return getRoot();
    }

    @Override
    public boolean supportsVersioning() {
        return true;
    }
}
