package dev.muster.app;

import dev.muster.app.demo.EmbeddedS3;
import dev.muster.cli.Commands;
import dev.muster.cli.Demonstration;
import dev.muster.cli.Terminal;
import dev.muster.drill.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A whole Muster with an S3 server of its own, driven as a user drives it: by its command line. */
final class Playground implements AutoCloseable {
    static final String BUCKET = "acme-backups";
    static final String ACCESS_KEY = "acme-reader";
    static final String SECRET_KEY = "a-secret-that-must-never-be-shown";

    final Path folder;
    final EmbeddedS3 s3 = EmbeddedS3.inMemory(ACCESS_KEY, new Secret(SECRET_KEY));

    Playground(Path folder) throws IOException {
        this.folder = folder;
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        s3.createBucket(BUCKET);
        Files.createDirectories(folder.resolve("secrets"));
        Files.writeString(folder.resolve("secrets/key"), SECRET_KEY);
        settings(s3.endpoint().toString(), BUCKET, "key");
        muster("keys", "init");
    }

    /** What a command left. */
    record Outcome(int exit, String out, String err) {
        JsonNode json() {
            return JsonMapper.builder().build().readTree(out);
        }
    }

    void settings(String endpoint, String bucket, String secret) throws IOException {
        Files.writeString(folder.resolve("muster.yaml"), """
                home: home
                runbooks: .
                secrets: secrets
                vaults:
                  primary:
                    endpoint: %s
                    region: eu-central-1
                    bucket: %s
                    pathStyle: true
                    credentials: { accessKey: %s, secretKey: "${secret:%s}" }
                """.formatted(endpoint, bucket, ACCESS_KEY, secret));
    }

    /** Runs a command in this process. */
    Outcome muster(String... arguments) {
        return muster(settings(), Clock.systemUTC(), arguments);
    }

    private Path settings() {
        return folder.resolve("muster.yaml");
    }

    /** Runs a command in this process, with settings that need no playground. */
    static Outcome muster(Path settings, Clock clock, String... arguments) {
        return muster(settings, clock, new ByteArrayOutputStream(), arguments);
    }

    /** Runs a command in this process and listens to what it says meanwhile. */
    static Outcome muster(Path settings, Clock clock, ByteArrayOutputStream err, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        Demonstration none = (place, address, home, progress) -> {
            throw new IllegalStateException("no demonstration in a playground");
        };
        int exit = new Commands(
                        (config, home) -> new Wiring(Settings.read(config, home, System.getenv()), clock),
                        none,
                        new InPod(clock),
                        terminal,
                        clock)
                .run(withSettings(settings, arguments).toArray(String[]::new));
        return new Outcome(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Starts a command in a process of its own. */
    Process start(String... arguments) throws IOException {
        return start(settings(), folder, arguments);
    }

    /** Starts a command in a process of its own, with settings that need no playground; what it says is in the folder. */
    static Process start(Path settings, Path folder, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(withSettings(settings, arguments));
        return new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    /** Writes a runbook that restores what a test puts under {@code db/} and {@code fs/}. */
    Path runbook(String steps, String... lines) throws IOException {
        String text = """
                apiVersion: muster.dev/v1
                name: trial
                title: A trial restore
                system: trial-system
                owner: platform-team
                scenario: operator-error
                objectives: { rpo: 1h, rto: 4h }
                processes:
                  orders: { watermark: "select max(write_date) from sale_order", proof: [database-integrity] }
                scratch: { on: local, postgres: 15, timeToLive: 30m }
                backups:
                """ + String.join("\n", lines).indent(2) + "steps:\n" + steps.indent(2);
        return Files.writeString(folder.resolve("trial.yaml"), text);
    }

    /** Puts an object as clients put large ones, so that its ETag is no digest of its bytes. */
    void inParts(String key, byte[] content, int size) {
        try (S3Client client = S3Client.builder()
                .endpointOverride(s3.endpoint())
                .region(Region.EU_CENTRAL_1)
                .forcePathStyle(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
                .build()) {
            String upload = client.createMultipartUpload(
                            request -> request.bucket(BUCKET).key(key))
                    .uploadId();
            List<CompletedPart> parts = new ArrayList<>();
            for (int from = 0; from < content.length; from += size) {
                int number = parts.size() + 1;
                byte[] part = Arrays.copyOfRange(content, from, Math.min(from + size, content.length));
                String etag = client.uploadPart(
                                request -> request.bucket(BUCKET)
                                        .key(key)
                                        .uploadId(upload)
                                        .partNumber(number),
                                RequestBody.fromBytes(part))
                        .eTag();
                parts.add(CompletedPart.builder().partNumber(number).eTag(etag).build());
            }
            client.completeMultipartUpload(request ->
                    request.bucket(BUCKET).key(key).uploadId(upload).multipartUpload(all -> all.parts(parts)));
        }
    }

    @Override
    public void close() {
        s3.close();
    }

    private static List<String> withSettings(Path settings, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--config", settings.toString()));
        return all;
    }
}
