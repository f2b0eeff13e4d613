package dev.muster.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.drill.Secret;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

class EmbeddedS3Test {
    private static final Secret SECRET = new Secret("not-so-secret");

    @TempDir
    Path folder;

    @Test
    void serves_an_object_with_its_digest_and_the_date_it_was_given() throws Exception {
        Instant past = Instant.parse("2026-11-01T02:00:00Z");
        try (EmbeddedS3 server = EmbeddedS3.start(folder, "key", SECRET);
                S3Client client = client(server, "key", "not-so-secret")) {
            server.createBucket("acme");
            server.put("acme", "db/one.dump", bytes("hello"));
            server.date("acme", "db/one.dump", past);

            var head = client.headObject(request -> request.bucket("acme").key("db/one.dump"));
            assertThat(head.lastModified()).isEqualTo(past);
            assertThat(head.eTag()).isEqualTo("\"5d41402abc4b2a76b9719d911017c592\"");
            assertThat(client.listObjectsV2(request -> request.bucket("acme").prefix("db/"))
                            .contents())
                    .singleElement()
                    .satisfies(object -> {
                        assertThat(object.lastModified()).isEqualTo(past);
                        assertThat(object.eTag()).isEqualTo(head.eTag());
                    });
        }
    }

    @Test
    void still_has_after_a_restart_what_was_put_into_its_folder() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "content");
        try (EmbeddedS3 server = EmbeddedS3.start(folder.resolve("data"), "key", SECRET)) {
            server.createBucket("acme");
            server.put("acme", "file", file);
        }
        try (EmbeddedS3 server = EmbeddedS3.start(folder.resolve("data"), "key", SECRET);
                S3Client client = client(server, "key", "not-so-secret")) {
            assertThat(client.getObjectAsBytes(request -> request.bucket("acme").key("file"))
                            .asUtf8String())
                    .isEqualTo("content");
        }
    }

    @Test
    void lets_a_client_write_and_refuses_a_wrong_key_or_secret() throws Exception {
        try (EmbeddedS3 server = EmbeddedS3.start(folder, "key", SECRET);
                S3Client client = client(server, "key", "not-so-secret");
                S3Client wrongSecret = client(server, "key", "wrong");
                S3Client wrongKey = client(server, "other", "not-so-secret")) {
            server.createBucket("acme");
            client.putObject(request -> request.bucket("acme").key("k"), RequestBody.fromString("x"));
            assertThat(client.listObjectsV2(request -> request.bucket("acme")).keyCount())
                    .isEqualTo(1);
            for (S3Client stranger : new S3Client[] {wrongSecret, wrongKey}) {
                assertThatThrownBy(() -> stranger.listObjectsV2(request -> request.bucket("acme")))
                        .isInstanceOfSatisfying(
                                S3Exception.class,
                                fault -> assertThat(fault.statusCode()).isEqualTo(403));
            }
        }
    }

    @Test
    void keeps_versions_in_memory() throws Exception {
        Instant past = Instant.parse("2026-11-01T02:00:00Z");
        try (EmbeddedS3 server = EmbeddedS3.inMemory("key", SECRET);
                S3Client client = client(server, "key", "not-so-secret")) {
            server.createBucket("acme");
            server.keepVersions("acme");
            server.put("acme", "db/one.dump", bytes("one"));
            String first = client.headObject(request -> request.bucket("acme").key("db/one.dump"))
                    .versionId();
            server.put("acme", "db/one.dump", bytes("two"));
            server.date("acme", "db/one.dump", past);

            assertThat(client.getObjectAsBytes(request ->
                                    request.bucket("acme").key("db/one.dump").versionId(first))
                            .asUtf8String())
                    .isEqualTo("one");
            assertThat(client.headObject(request -> request.bucket("acme").key("db/one.dump"))
                            .lastModified())
                    .isEqualTo(past);
        }
    }

    @Test
    void listens_on_loopback_only() throws Exception {
        try (EmbeddedS3 server = EmbeddedS3.inMemory("key", SECRET)) {
            assertThat(InetAddress.getByName(server.endpoint().getHost()).isLoopbackAddress())
                    .isTrue();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static S3Client client(EmbeddedS3 server, String accessKey, String secretKey) {
        return S3Client.builder()
                .endpointOverride(server.endpoint())
                .region(Region.EU_CENTRAL_1)
                .forcePathStyle(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
                .build();
    }
}
