package dev.muster.signing.timestamp;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;

/** What an authority has signed: that it saw some bytes at an instant. */
public final class Timestamp {
    static final int LARGEST = 64 * 1024;

    private final TimeStampToken token;
    private final X509Certificate signer;
    private final List<X509Certificate> certificates;

    private Timestamp(TimeStampToken token, X509Certificate signer, List<X509Certificate> certificates) {
        this.token = token;
        this.signer = signer;
        this.certificates = certificates;
    }

    /**
     * Reads an authority's answer as {@code openssl ts} keeps it; empty unless it holds a timestamp that was signed with
     * the certificate that comes along, made for timestamps and valid at that instant.
     */
    public static Optional<Timestamp> read(byte[] response) {
        if (response.length > LARGEST) {
            return Optional.empty();
        }
        try {
            TimeStampResponse answer = new TimeStampResponse(response);
            TimeStampToken token = answer.getTimeStampToken();
            if (token == null || !Arrays.equals(answer.getEncoded(), response)) {
                return Optional.empty();
            }
            List<X509Certificate> certificates = new ArrayList<>();
            List<X509CertificateHolder> signers = new ArrayList<>();
            for (X509CertificateHolder holder : token.getCertificates().getMatches(null)) {
                certificates.add(new JcaX509CertificateConverter().getCertificate(holder));
                if (token.getSID().match(holder)) {
                    signers.add(holder);
                }
            }
            if (signers.size() != 1) {
                return Optional.empty();
            }
            token.validate(new JcaSimpleSignerInfoVerifierBuilder().build(signers.get(0)));
            X509Certificate signer = new JcaX509CertificateConverter().getCertificate(signers.get(0));
            return Optional.of(new Timestamp(token, signer, certificates));
        } catch (IOException
                | TSPException
                | CertificateException
                | OperatorCreationException
                // The parser of a stranger's bytes throws whatever comes first.
                | RuntimeException malformed) {
            return Optional.empty();
        }
    }

    /** When the authority saw it, by its own clock. */
    public Instant at() {
        return token.getTimeStampInfo().getGenTime().toInstant();
    }

    /** Who the authority says it is. */
    public String authority() {
        return signer.getSubjectX500Principal().getName();
    }

    /** Whether it is these bytes that the authority saw. */
    public boolean covers(byte[] message) {
        return token.getTimeStampInfo().getMessageImprintAlgOID().equals(NISTObjectIdentifiers.id_sha256)
                && Arrays.equals(token.getTimeStampInfo().getMessageImprintDigest(), Digests.sha256(message));
    }

    /** Whether the authority's certificate leads to one of these. */
    public boolean leadsTo(List<X509Certificate> anchors) {
        if (anchors.contains(signer)) {
            return true;
        }
        if (anchors.isEmpty()) {
            return false;
        }
        try {
            X509CertSelector wanted = new X509CertSelector();
            wanted.setCertificate(signer);
            PKIXBuilderParameters way = new PKIXBuilderParameters(
                    anchors.stream()
                            .map(anchor -> new TrustAnchor(anchor, null))
                            .collect(Collectors.toSet()),
                    wanted);
            way.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(certificates)));
            way.setDate(Date.from(at()));
            // Lists of what was revoked lie on servers, and a verifier works offline.
            way.setRevocationEnabled(false);
            CertPathBuilder.getInstance("PKIX").build(way);
            return true;
        } catch (GeneralSecurityException leadsNowhere) {
            return false;
        }
    }
}
