package dev.muster.app.demo;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** A real S3 server in this process, on a free port, that checks signatures. */
public final class EmbeddedS3 implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    private final BlobStore store;
    private final Path folder;
    private final String address;
    private final S3Proxy server;

    private EmbeddedS3(BlobStore store, Path folder, String address, String accessKey, Secret secretKey) {
        this.store = store;
        this.folder = folder;
        this.address = address;
        this.server = S3Proxy.builder()
                .blobStore(store)
                .endpoint(URI.create("http://" + address + ":0"))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, accessKey, secretKey.reveal())
                .ignoreUnknownHeaders(true)
                // Clients keep idle connections open, and a graceful stop would wait for them.
                .stopTimeout(0)
                .build();
        try {
            server.start();
        } catch (Exception e) {
            throw new CouldNotRun(
                    new Problem(
                            "The embedded S3 server does not start: " + e.getMessage(),
                            address,
                            "Give it an address that this machine has (`ip address` lists them)."),
                    e);
        }
    }

    /** Serves what lies in a folder, and keeps there what is put into it. */
    public static EmbeddedS3 start(Path dataFolder, String accessKey, Secret secretKey) throws IOException {
        return start(dataFolder, LOOPBACK, accessKey, secretKey);
    }

    /**
     * The same, for others than this machine.
     *
     * @param address of this machine, where it is to be reached
     */
    static EmbeddedS3 start(Path dataFolder, String address, String accessKey, Secret secretKey) throws IOException {
        Path folder = Files.createDirectories(dataFolder.toAbsolutePath()).toRealPath();
        return new EmbeddedS3(new FilesystemNio2BlobStore(folder.toString()), folder, address, accessKey, secretKey);
    }

    /** Keeps its objects in memory, and their versions in buckets that were told to. */
    public static EmbeddedS3 inMemory(String accessKey, Secret secretKey) {
        MemoryBlobStore store = new MemoryBlobStore();
        return new EmbeddedS3(store, store.folder(), LOOPBACK, accessKey, secretKey);
    }

    public URI endpoint() {
        return URI.create("http://" + address + ":" + server.getPort());
    }

    public void createBucket(String bucket) {
        store.createContainer(bucket);
    }

    /** Keeps old versions from now on; only a server in memory can. */
    public void keepVersions(String bucket) {
        store.putBucketVersioning(bucket, BucketVersioningStatus.ENABLED);
    }

    public void put(String bucket, String key, byte[] content) {
        put(bucket, key, new ByteArrayInputStream(content), content.length);
    }

    public void put(String bucket, String key, Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            put(bucket, key, content, Files.size(file));
        }
    }

    private void put(String bucket, String key, InputStream content, long size) {
        store.putBlob(
                PutObjectRequest.builder()
                        .bucket(bucket)
                        .key(key)
                        .contentLength(size)
                        .build(),
                content);
    }

    public void remove(String bucket, String key) {
        store.removeBlob(bucket, key);
    }

    /** Lets an object look as if it had been put at another time. */
    public void date(String bucket, String key, Instant lastModified) throws IOException {
        Files.setLastModifiedTime(folder.resolve(bucket).resolve(key), FileTime.from(lastModified));
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The embedded S3 server does not stop: " + e.getMessage(), e);
        }
    }
}
