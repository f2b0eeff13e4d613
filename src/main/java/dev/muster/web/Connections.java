package dev.muster.web;

import dev.muster.web.limit.Idlers;
import dev.muster.web.limit.Unreadable;
import dev.muster.web.tls.CertificateFiles;
import dev.muster.web.tls.Certificates;
import io.javalin.config.JettyConfig;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;

/** How the server takes connections: how many, how long, with which certificate, and what of a proxy it believes. */
final class Connections {
    private static final int MOST = 2000;
    private static final int HEADERS = 8 << 10;
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration FIRST_REQUEST = Duration.ofSeconds(20);
    private static final Duration CERTIFICATE_LOOK = Duration.ofSeconds(5);

    private final Listening listening;
    private final Clock clock;

    Connections(Listening listening, Clock clock) {
        this.listening = listening;
        this.clock = clock;
    }

    void install(JettyConfig jetty) {
        jetty.modifyHttpConfiguration(this::limit);
        jetty.addConnector(this::connector);
        jetty.modifyServer(server -> {
            server.setErrorHandler(new Unreadable());
            server.addBean(new NetworkConnectionLimit(MOST, server));
        });
    }

    private void limit(HttpConfiguration http) {
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEADERS);
        if (listening.behindProxy()) {
            http.addCustomizer(new Proxies(listening.proxies()));
        }
    }

    private ServerConnector connector(Server server, HttpConfiguration http) {
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        ServerConnector connector = listening
                .tls()
                .map(files -> secure(server, http, plain, files))
                .orElseGet(() -> new ServerConnector(server, plain));
        connector.setHost(listening.address());
        connector.setPort(listening.port());
        connector.setIdleTimeout(IDLE.toMillis());
        connector.addBean(new Idlers(connector, FIRST_REQUEST, clock));
        return connector;
    }

    private ServerConnector secure(
            Server server, HttpConfiguration http, HttpConnectionFactory plain, CertificateFiles files) {
        Certificates certificates = new Certificates(files, CERTIFICATE_LOOK, server.getScheduler(), clock);
        server.addBean(certificates);
        http.addCustomizer(new SecureRequestCustomizer(false));
        return new ServerConnector(
                server, new SslConnectionFactory(certificates.factory(), plain.getProtocol()), plain);
    }
}
