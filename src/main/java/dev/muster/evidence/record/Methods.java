package dev.muster.evidence.record;

import dev.muster.drill.CheckResult;
import dev.muster.drill.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;

/** By which method each check finds its answer, and whether it looks at all or at a sample. */
final class Methods {
    private static final String FILE = "methods.properties";
    private static final String SAMPLED = "sampled; ";
    private static final String COMPLETE = "complete; ";

    private final Properties known;

    private Methods(Properties known) {
        this.known = known;
    }

    /** @param sampled whether what it says of some is taken to hold for all */
    record Method(String words, boolean sampled) {
        static Method of(String line) {
            return line.startsWith(SAMPLED)
                    ? new Method(line.substring(SAMPLED.length()), true)
                    : new Method(line.substring(COMPLETE.length()), false);
        }
    }

    static Methods known() {
        try (InputStream stream = Methods.class.getResourceAsStream(FILE)) {
            if (stream == null) {
                throw new IllegalStateException(FILE + " is not part of this program");
            }
            Properties lines = new Properties();
            try (Reader text = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
                lines.load(text);
            }
            return new Methods(lines);
        } catch (IOException failed) {
            throw new IllegalStateException(FILE + " cannot be read from this program", failed);
        }
    }

    /** @param rule the runbook's own rule of that name, if it has one */
    Method of(CheckResult check, Optional<Rule> rule) {
        if (rule.isPresent()) {
            return new Method(
                    "The runbook's own query was asked of all rows: "
                            + rule.get().sql(),
                    false);
        }
        String name = check.name();
        String kind = check.step().replaceFirst(":.*", "");
        return Optional.ofNullable(known.getProperty(name))
                .or(() -> Optional.ofNullable(known.getProperty(name.replaceFirst("-.*", "-*"))))
                .or(() -> Optional.ofNullable(known.getProperty(kind + ":*")))
                .map(Method::of)
                .orElseGet(() -> new Method("The observations say what was looked at.", true));
    }
}
