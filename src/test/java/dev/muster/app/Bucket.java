package dev.muster.app;

import dev.muster.app.demo.EmbeddedS3;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What lies in a playground's bucket, spoiled for a test and put right after it. */
final class Bucket implements AutoCloseable {
    private final EmbeddedS3 s3;
    private final S3Client client;
    private final Deque<Undo> undo = new ArrayDeque<>();

    Bucket(EmbeddedS3 s3) {
        this.s3 = s3;
        this.client = S3Client.builder()
                .endpointOverride(s3.endpoint())
                .region(Region.EU_CENTRAL_1)
                .forcePathStyle(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(Playground.ACCESS_KEY, Playground.SECRET_KEY)))
                .build();
    }

    /** The keys that match a regular expression. */
    List<String> keys(String expression) {
        return client.listObjectsV2Paginator(request -> request.bucket(Playground.BUCKET)).contents().stream()
                .map(S3Object::key)
                .filter(key -> key.matches(expression))
                .sorted()
                .toList();
    }

    String key(String expression) {
        return keys(expression).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(expression + " is none of " + keys(".*")));
    }

    byte[] read(String key) {
        return client.getObjectAsBytes(
                        request -> request.bucket(Playground.BUCKET).key(key))
                .asByteArray();
    }

    void remove(String key) {
        remember(key);
        s3.remove(Playground.BUCKET, key);
    }

    /** Puts other bytes in place of these, as old as these were. */
    void replace(String key, byte[] content) throws Exception {
        Instant stored = remember(key);
        s3.put(Playground.BUCKET, key, content);
        s3.date(Playground.BUCKET, key, stored);
    }

    /** Flips a bit in the middle. */
    void flip(String key) throws Exception {
        byte[] content = read(key);
        content[content.length / 2] ^= 1;
        replace(key, content);
    }

    void add(String key, byte[] content) {
        undo.push(() -> s3.remove(Playground.BUCKET, key));
        s3.put(Playground.BUCKET, key, content);
    }

    void putRight() throws Exception {
        while (!undo.isEmpty()) {
            undo.pop().run();
        }
    }

    private Instant remember(String key) {
        byte[] content = read(key);
        Instant stored = client.headObject(
                        request -> request.bucket(Playground.BUCKET).key(key))
                .lastModified();
        undo.push(() -> {
            s3.put(Playground.BUCKET, key, content);
            s3.date(Playground.BUCKET, key, stored);
        });
        return stored;
    }

    @Override
    public void close() {
        client.close();
    }

    private interface Undo {
        void run() throws Exception;
    }
}
