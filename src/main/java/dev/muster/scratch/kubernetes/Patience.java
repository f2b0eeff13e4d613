package dev.muster.scratch.kubernetes;

import dev.muster.drill.CouldNotRun;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Asks the API server again when it is away for a while, or when somebody else was faster. */
final class Patience {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** So often a server that has just started may turn everybody away. */
    static final int UNWELCOME = 4;

    private final Duration limit;

    /** @param limit how long an API server may be away */
    Patience(Duration limit) {
        this.limit = limit;
    }

    /**
     * The answer, or what the server said against it.
     *
     * @param object what is asked for, as people find it
     * @throws Refused when it said no, or nothing for too long
     */
    <T> T ask(String object, Supplier<T> request) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        Duration pause = FIRST_PAUSE;
        int unwelcome = 0;
        while (true) {
            try {
                return request.get();
            } catch (KubernetesClientException said) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                Refusal refusal = new Refusal(said, object);
                unwelcome += refusal.unwelcome() ? 1 : 0;
                boolean again = refusal.passing() || (refusal.unwelcome() && unwelcome < UNWELCOME);
                if (!again || System.nanoTime() + pause.toNanos() - deadline > 0) {
                    throw new Refused(refusal, said);
                }
            }
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    /** What the API server refused, for those who know what to do about it. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Refusal refusal;

        Refused(Refusal refusal, KubernetesClientException said) {
            super(refusal.problem().toString(), said);
            this.refusal = refusal;
        }

        Refusal refusal() {
            return refusal;
        }

        CouldNotRun forGood() {
            return new CouldNotRun(refusal.problem(), this);
        }
    }
}
