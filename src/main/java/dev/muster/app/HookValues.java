package dev.muster.app;

import dev.muster.runbook.References;
import dev.muster.runbook.yaml.Entry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses in the settings that hold what is secret, and that are shown without it. */
final class HookValues {
    private static final Pattern SERVER = Pattern.compile("(https?://[A-Za-z0-9.\\-\\[\\]:]+)([/?].*)?");
    private static final int SHOWN = 4;

    private final SettingValues values;
    private final References references;

    HookValues(SettingValues values, Map<String, String> environment, Optional<Path> secrets) {
        this.values = values;
        this.references = new References(environment, secrets);
    }

    Optional<Settings.Hook> hook(Entry webhook) {
        return webhook.text().flatMap(text -> {
            Matcher server = SERVER.matcher(text);
            if (!server.matches()) {
                values.wrong(
                        webhook,
                        "`" + webhook.path() + "` is not the address of a webhook",
                        "Write it like https://hooks.example.com/${secret:NAME}: what is secret in it as a reference,"
                                + " and not in the server's name.");
                return Optional.<Settings.Hook>empty();
            }
            String name = "the webhook " + server.group(1) + "/… (" + digest(text) + ")";
            return Optional.of(new Settings.Hook(name, () -> references.resolve(text)));
        });
    }

    /** Tells one address from another without showing it. */
    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, SHOWN);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
