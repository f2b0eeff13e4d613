package dev.muster.app;

import dev.muster.drill.CouldNotRun;
import dev.muster.signing.KeyRing;
import dev.muster.signing.KeyUse;
import dev.muster.signing.timestamp.Anchors;
import dev.muster.signing.timestamp.TimestampSettings;
import dev.muster.telling.Expiry;
import dev.muster.web.tls.CertificateFiles;
import dev.muster.web.tls.Certificates;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything of an installation that ends one day: keys that sign, and certificates. */
final class Expiries {
    private static final Logger LOG = LoggerFactory.getLogger(Expiries.class);

    private final Settings settings;
    private final KeyRing keys;

    Expiries(Settings settings, KeyRing keys) {
        this.settings = settings;
        this.keys = keys;
    }

    List<Expiry> all() {
        List<Expiry> all = new ArrayList<>();
        for (KeyUse use : KeyUse.values()) {
            add(all, () -> key(use));
        }
        settings.listening().tls().ifPresent(files -> add(all, () -> Optional.of(certificate(files))));
        settings.timestamp().ifPresent(authority -> add(all, () -> anchor(authority)));
        return all;
    }

    /** Whether it can be read at all, somebody else finds out: doctor, the web server, the next drill. */
    private static void add(List<Expiry> all, Looking looking) {
        try {
            looking.look().ifPresent(all::add);
        } catch (CouldNotRun unreadable) {
            LOG.warn("{}", unreadable.problem());
        }
    }

    /** Looks at one of them. */
    private interface Looking {
        Optional<Expiry> look();
    }

    private Optional<Expiry> key(KeyUse use) {
        KeyRing.Held held = keys.held(use);
        return held.signer()
                .publicKey()
                .validity()
                .until()
                .filter(until -> held.use() == use)
                .map(until -> new Expiry(
                        "the key for " + use.word(),
                        held.place(),
                        until,
                        "Get a new one before: `muster keys rotate " + use.word()
                                + "`, or where the key lies. What a key signs outside of its time is not trusted."));
    }

    private static Expiry certificate(CertificateFiles files) {
        return new Expiry(
                "the certificate of the pages",
                files.files().get(0).toString(),
                Certificates.end(files),
                "Put a new certificate into the files that serve.tls names; it is taken without a new start.");
    }

    private static Optional<Expiry> anchor(TimestampSettings authority) {
        Stream<Instant> ends = Anchors.of(authority.certificate()).stream()
                .map(X509Certificate::getNotAfter)
                .map(Date::toInstant);
        return ends.max(Instant::compareTo)
                .map(until -> new Expiry(
                        "the certificate of the timestamp authority",
                        authority.certificate().toString(),
                        until,
                        "Ask the authority for its new certificate, and add it to the file."));
    }
}
