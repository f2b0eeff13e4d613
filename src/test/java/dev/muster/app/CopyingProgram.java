package dev.muster.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The programs that people copy files into a bucket with, run for real against a playground's server. */
final class CopyingProgram {
    static final String RESTIC_PASSWORD = "correct horse battery staple";

    private final Playground playground;

    CopyingProgram(Playground playground) {
        this.playground = playground;
    }

    /** {@code aws s3 sync}, which deletes what is no longer in the folder when it is told to. */
    void aws(Path folder, String prefix, String... more) throws IOException, InterruptedException {
        run(
                List.of("aws", "--endpoint-url", playground.s3.endpoint().toString(), "s3", "sync"),
                List.of(folder.toString(), "s3://" + Playground.BUCKET + "/" + prefix),
                List.of(more));
    }

    /** Brings what lies in the bucket into a folder. */
    void fetch(String prefix, Path folder) throws IOException, InterruptedException {
        run(
                List.of("rclone", "copy", "--s3-provider", "Other", "--s3-env-auth"),
                List.of("--s3-endpoint", playground.s3.endpoint().toString(), "--s3-region", "eu-central-1"),
                List.of(":s3:" + Playground.BUCKET + "/" + prefix, folder.toString()));
    }

    void rclone(Path folder, String prefix) throws IOException, InterruptedException {
        run(
                List.of("rclone", "copy", "--s3-provider", "Other", "--s3-env-auth", "--s3-no-check-bucket"),
                List.of("--s3-endpoint", playground.s3.endpoint().toString(), "--s3-region", "eu-central-1"),
                List.of(folder.toString(), ":s3:" + Playground.BUCKET + "/" + prefix));
    }

    void restic(String prefix, String... arguments) throws IOException, InterruptedException {
        run(
                List.of("restic", "--no-cache", "-o", "s3.bucket-lookup=path"),
                List.of("--repo", "s3:" + playground.s3.endpoint() + "/" + Playground.BUCKET + "/" + prefix),
                List.of(arguments));
    }

    /** Writes files as a filestore has them. */
    static Path write(Path folder, Map<String, byte[]> files) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        return folder;
    }

    private void run(List<String> program, List<String> places, List<String> more)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Stream.of(program, places, more).flatMap(List::stream).toList())
                .redirectErrorStream(true);
        builder.environment().remove("AWS_CA_BUNDLE");
        builder.environment()
                .putAll(Map.of(
                        "AWS_ACCESS_KEY_ID",
                        Playground.ACCESS_KEY,
                        "AWS_SECRET_ACCESS_KEY",
                        Playground.SECRET_KEY,
                        "AWS_DEFAULT_REGION",
                        "eu-central-1",
                        "AWS_REQUEST_CHECKSUM_CALCULATION",
                        "when_required",
                        "RESTIC_PASSWORD",
                        RESTIC_PASSWORD,
                        "no_proxy",
                        "127.0.0.1"));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(builder.command().get(0) + ": " + said);
        }
    }
}
