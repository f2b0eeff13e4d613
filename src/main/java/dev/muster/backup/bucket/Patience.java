package dev.muster.backup.bucket;

import java.time.Duration;

/**
 * How long a vault may keep us waiting.
 *
 * @param connect for a connection, per try
 * @param silence without a byte while an answer is due, per try
 * @param pause before the second try; each further one waits twice as long
 */
public record Patience(Duration connect, Duration silence, int tries, Duration pause) {
    /** A dead endpoint is known for dead after half a minute. */
    public static final Patience USUAL =
            new Patience(Duration.ofSeconds(10), Duration.ofSeconds(60), 3, Duration.ofMillis(500));

    void beforeTry(int next) throws InterruptedException {
        Thread.sleep(pause.toMillis() << (next - 2));
    }
}
