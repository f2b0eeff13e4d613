package dev.muster.runbook;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the values behind {@code ${env:NAME}} and {@code ${secret:NAME}} at the moment they are needed. */
public final class References {
    private static final int LONGEST_SECRET = 64 * 1024;
    private static final Pattern REFERENCE =
            Pattern.compile("\\$\\{(?:(env):([A-Za-z_][A-Za-z0-9_]*)|(secret):([A-Za-z0-9_][A-Za-z0-9_.-]*))}");
    private static final Pattern SECRET = Pattern.compile("\\$\\{secret:");

    private final Map<String, String> environment;
    private final Optional<Path> secretsFolder;

    public References(Map<String, String> environment, Optional<Path> secretsFolder) {
        this.environment = Map.copyOf(environment);
        this.secretsFolder = secretsFolder;
    }

    /** The text with every reference in it replaced by its value. */
    public Secret resolve(String text) {
        requireWellFormed(text);
        Matcher found = REFERENCE.matcher(text);
        StringBuilder resolved = new StringBuilder();
        while (found.find()) {
            String value = found.group(1) == null ? secret(found.group(4)) : variable(found.group(2));
            found.appendReplacement(resolved, Matcher.quoteReplacement(value));
        }
        found.appendTail(resolved);
        return new Secret(resolved.toString());
    }

    /** Whether every reference in a text is written as the language has it. */
    public static boolean wellFormed(String text) {
        return !REFERENCE.matcher(text).replaceAll("").contains("${");
    }

    /** Whether a text refers to a secret, whose value must not be shown. */
    public static boolean namesSecret(String text) {
        return SECRET.matcher(text).find();
    }

    private static void requireWellFormed(String text) {
        if (!wellFormed(text)) {
            throw new CouldNotRun(
                    new Problem(
                            "A reference is not written as ${env:NAME} or ${secret:NAME}",
                            "",
                            "NAME is letters, digits and underscores; the name of a secret may have dots and hyphens as well."));
        }
    }

    private String variable(String name) {
        String value = environment.get(name);
        if (value == null || value.isEmpty()) {
            throw new CouldNotRun(new Problem(
                    "The environment variable " + name + " is " + (value == null ? "not set" : "empty"),
                    "${env:" + name + "}",
                    "Set it where Muster is started, for example with: export " + name + "=..."));
        }
        return value;
    }

    private String secret(String name) {
        String reference = "${secret:" + name + "}";
        Path folder = secretsFolder.orElseThrow(() -> new CouldNotRun(new Problem(
                "The settings name no folder of secrets",
                reference,
                "Name one with `secrets: FOLDER` in the settings, and put the value in its file " + name + ".")));
        Path file = folder.resolve(name);
        try (InputStream content = Files.newInputStream(file)) {
            byte[] bytes = content.readNBytes(LONGEST_SECRET + 1);
            String value = withoutLastLineEnd(new String(bytes, StandardCharsets.UTF_8));
            if (value.isEmpty() || bytes.length > LONGEST_SECRET) {
                throw new CouldNotRun(new Problem(
                        "The secret " + name + (value.isEmpty() ? " is empty" : " is longer than 64 KiB"),
                        file.toString(),
                        "Write the value, and nothing else, into that file."));
            }
            return value;
        } catch (NoSuchFileException missing) {
            throw new CouldNotRun(
                    new Problem(
                            "The secret " + name + " has no file",
                            file.toString(),
                            "Write the value into that file, and make it readable to the user that runs Muster only."),
                    missing);
        } catch (IOException unreadable) {
            throw new CouldNotRun(
                    new Problem(
                            "The secret " + name + " cannot be read: "
                                    + unreadable.getClass().getSimpleName(),
                            file.toString(),
                            "Make it a plain file that the user who runs Muster may read."),
                    unreadable);
        }
    }

    private static String withoutLastLineEnd(String text) {
        return text.replaceFirst("\\r?\\n\\z", "");
    }
}
