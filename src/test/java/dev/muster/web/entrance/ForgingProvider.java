package dev.muster.web.entrance;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A provider that answers with whatever ID token a test wants to see refused. */
final class ForgingProvider implements AutoCloseable {
    final RSAKey key = key("known");
    private final HttpServer server;
    final AtomicInteger asked = new AtomicInteger();
    private volatile String idToken = "";
    private volatile int status = 200;

    ForgingProvider() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer(
                "/.well-known/openid-configuration",
                () -> ("{'issuer':'" + issuer() + "','authorization_endpoint':'"
                                + issuer() + "/authorize','token_endpoint':'" + issuer() + "/token','jwks_uri':'"
                                + issuer()
                                + "/jwks','response_types_supported':['code'],'subject_types_supported':['public'],"
                                + "'id_token_signing_alg_values_supported':['RS256'],"
                                + "'authorization_response_iss_parameter_supported':true}")
                        .replace('\'', '"'));
        answer("/jwks", () -> new JWKSet(key.toPublicJWK()).toString());
        server.createContext("/token", exchange -> {
            asked.incrementAndGet();
            String body = status == 200
                    ? "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"id_token\":\"" + idToken + "\"}"
                    : "{\"error\":\"invalid_grant\"}";
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    private interface Answer {
        String text();
    }

    private void answer(String path, Answer answer) {
        server.createContext(path, exchange -> {
            byte[] bytes = answer.text().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    static RSAKey key(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What a good provider would say, changed. */
    void says(String nonce, RSAKey signer, Function<JWTClaimsSet.Builder, JWTClaimsSet.Builder> change)
            throws JOSEException {
        JWTClaimsSet claims = claims(nonce, change);
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID(signer.getKeyID())
                        .build(),
                claims);
        token.sign(new RSASSASigner(signer));
        idToken = token.serialize();
    }

    void saysUnsigned(String nonce) {
        idToken = new PlainJWT(claims(nonce, same -> same)).serialize();
    }

    void refuses() {
        status = 400;
    }

    private JWTClaimsSet claims(String nonce, Function<JWTClaimsSet.Builder, JWTClaimsSet.Builder> change) {
        Instant now = Instant.now();
        return change.apply(new JWTClaimsSet.Builder()
                        .issuer(issuer())
                        .audience("muster")
                        .subject("42")
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(300)))
                        .claim("nonce", nonce)
                        .claim("preferred_username", "ada")
                        .claim("groups", List.of("admins")))
                .build();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
