package dev.muster.web.entrance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real OpenID Connect provider in a process of its own. */
final class ProviderProcess implements AutoCloseable {
    static final String SECRET = "only-for-a-test-0123456789abcdef";

    private static final List<String> FILES = List.of("package.json", "package-lock.json", "provider.mjs");

    private final Process process;

    ProviderProcess(int port, String returnTo) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("node", "provider.mjs", "" + port, returnTo)
                .directory(installed().toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("CLIENT_SECRET", SECRET);
        process = builder.start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        assertThat(output.lines().anyMatch("ready"::equals)).isTrue();
    }

    /** Installed once for each state of its lock file. */
    private static Path installed() throws IOException, InterruptedException {
        Path source = Path.of("src/test/resources/sign-on-provider");
        Path folder = Files.createDirectories(Path.of("target/sign-on-provider"));
        Path lock = folder.resolve("installed.json");
        boolean current = Files.exists(lock) && Files.mismatch(lock, source.resolve("package-lock.json")) < 0;
        for (String file : FILES) {
            Files.copy(source.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!current) {
            File log = folder.resolve("npm.log").toFile();
            Process npm = new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log)
                    .start();
            assertThat(npm.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(npm.exitValue()).as(Files.readString(log.toPath())).isZero();
            Files.copy(source.resolve("package-lock.json"), lock, StandardCopyOption.REPLACE_EXISTING);
        }
        return folder;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
