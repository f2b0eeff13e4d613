package dev.muster.orchestrator.remote;

import java.io.IOException;
import java.io.Reader;
import java.util.Optional;

/** The lines of a conversation, none longer than anything that is ever said. */
final class Lines {
    private static final int LONGEST = 64 << 20;

    private final Reader reader;
    private final Runnable onSign;

    Lines(Reader reader) {
        this(reader, () -> {});
    }

    /** @param onSign told of each line, the empty ones that are but a sign of life included */
    Lines(Reader reader, Runnable onSign) {
        this.reader = reader;
        this.onSign = onSign;
    }

    /** The next line that is not empty; nothing at the end. */
    Optional<String> next() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = reader.read(); next >= 0; next = reader.read()) {
            if (next != '\n') {
                line.append((char) next);
                if (line.length() > LONGEST) {
                    throw new IOException("a line is longer than " + LONGEST + " characters");
                }
                continue;
            }
            onSign.run();
            if (!line.isEmpty()) {
                return Optional.of(line.toString());
            }
        }
        return Optional.empty();
    }
}
