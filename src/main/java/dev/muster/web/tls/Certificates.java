package dev.muster.web.tls;

import dev.muster.drill.CouldNotRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a server's certificate as its files are: a new one is taken for new connections, and those there are go on. */
public final class Certificates extends AbstractLifeCycle {
    private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);

    private final CertificateFiles files;
    private final Duration interval;
    private final Scheduler scheduler;
    private final Clock clock;
    private final SslContextFactory.Server factory = new SslContextFactory.Server();
    private List<String> seen;

    /**
     * Reads the certificate for the first time.
     *
     * @param interval how often to look whether the files have changed
     */
    public Certificates(CertificateFiles files, Duration interval, Scheduler scheduler, Clock clock) {
        this.files = files;
        this.interval = interval;
        this.scheduler = scheduler;
        this.clock = clock;
        this.seen = state();
        use(factory, Certificate.read(files, clock));
        factory.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        // Whoever asks this server by its address or by another name is served all the same.
        factory.setSniRequired(false);
    }

    /** When the certificate in these files ends, or has ended. */
    public static Instant end(CertificateFiles files) {
        return Certificate.end(files);
    }

    /** What Jetty makes connections with. */
    public SslContextFactory.Server factory() {
        return factory;
    }

    private static void use(SslContextFactory factory, KeyStore store) {
        factory.setKeyStore(store);
        factory.setKeyStorePassword(Certificate.PASSWORD);
    }

    @Override
    protected void doStart() {
        scheduler.schedule(this::look, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        if (!isRunning()) {
            return;
        }
        List<String> now = state();
        if (!now.equals(seen)) {
            seen = now;
            reload();
        }
        scheduler.schedule(this::look, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void reload() {
        try {
            KeyStore store = Certificate.read(files, clock);
            factory.reload(same -> use(same, store));
            LOG.info("the certificate in {} is used from now on", files.files());
        } catch (CouldNotRun unusable) {
            LOG.error("{} The certificate of before is used as long as it is valid.", unusable.problem());
        } catch (Exception failed) {
            LOG.error("the certificate in {} could not be taken; the one of before is used", files.files(), failed);
        }
    }

    /** A file that cannot be read now is another state as well. */
    private List<String> state() {
        List<String> state = new ArrayList<>();
        for (Path file : files.files()) {
            try {
                Path real = file.toRealPath();
                state.add(real + " " + Files.size(real) + " " + Files.getLastModifiedTime(real));
            } catch (IOException unreadable) {
                state.add(unreadable.toString());
            }
        }
        return state;
    }
}
