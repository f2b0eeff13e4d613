package dev.muster.app;

import dev.muster.catalog.Catalog;
import dev.muster.catalog.news.Outbox;
import dev.muster.drill.Teller;
import dev.muster.evidence.Evidence;
import dev.muster.evidence.report.LocalWriting;
import dev.muster.signing.KeyRing;
import dev.muster.telling.Couriers;
import dev.muster.telling.Tellers;
import dev.muster.telling.Telling;
import dev.muster.telling.Wording;
import dev.muster.telling.trace.Traces;
import dev.muster.template.Templates;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everybody and everything that is told what happened, as the settings and the environment have it. */
final class TellingParts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TellingParts.class);
    private static final Duration BEFORE_LEAVING = Duration.ofSeconds(10);

    private final Settings settings;
    private final Catalog catalog;
    private final Evidence evidence;
    private final KeyRing keys;
    private final Clock clock;
    private final Telling telling;
    private final Optional<Traces> traces;
    private final Teller all;

    TellingParts(Settings settings, Catalog catalog, Evidence evidence, KeyRing keys, Clock clock) {
        this.settings = settings;
        this.catalog = catalog;
        this.evidence = evidence;
        this.keys = keys;
        this.clock = clock;
        this.telling = new Telling(catalog, settings.receivers(), evidence::masked, clock);
        this.traces = Traces.asked(System.getenv());
        List<Teller> tellers = new ArrayList<>(List.of(telling));
        traces.ifPresent(tellers::add);
        this.all = new Tellers(tellers);
    }

    /** Passes on what happened. */
    Teller teller() {
        return all;
    }

    /** Those who take news to receivers. */
    Couriers couriers() {
        Wording wording = new Wording(
                catalog,
                evidence,
                new Templates(settings.organisation().templates()),
                new LocalWriting(settings.report()),
                settings.organisation().name());
        return new Couriers(new Outbox(catalog), settings.receivers(), wording, clock);
    }

    /** Tells what the last process could not, and what ends soon. A service that cannot tell starts all the same. */
    void tellWhatWasLeft() {
        try {
            telling.catchUp();
            tellWhatExpires();
        } catch (RuntimeException unable) {
            LOG.error("what was left to tell could not be told: {}", unable.toString());
        }
    }

    /** Tells what ends soon; the same is told once, however often this looks. */
    void tellWhatExpires() {
        Instant now = clock.instant();
        new Expiries(settings, keys).all().forEach(one -> one.news(now).ifPresent(all::tell));
    }

    /** Who was told of a drill now need not wait for another process; nothing waits for him much longer than that. */
    @Override
    public void close() {
        traces.ifPresent(Traces::close);
        if (!telling.told() || settings.receivers().isEmpty()) {
            return;
        }
        try (Couriers couriers = couriers()) {
            couriers.deliver(BEFORE_LEAVING);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException unable) {
            LOG.warn("what is to be told waits for another process: {}", unable.toString());
        }
    }
}
