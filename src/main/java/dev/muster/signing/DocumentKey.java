package dev.muster.signing;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cms.CMSAttributeTableGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.SignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;

/** The key that signs documents for readers of PDF, with the certificate that they ask for: P-256, signed by itself. */
public final class DocumentKey {
    static final String PRIVATE_FILE = "document-key.pem";
    static final String CERTIFICATE_FILE = "document-certificate.pem";

    private static final String PRIVATE_KEY = "PRIVATE KEY";
    private static final String CERTIFICATE = "CERTIFICATE";
    // Reports are asked for as long as the law has them kept.
    private static final Duration LIFETIME = Duration.ofDays(3653);

    private final ECPrivateKey key;
    private final X509CertificateHolder certificate;

    private DocumentKey(ECPrivateKey key, X509CertificateHolder certificate) {
        this.key = key;
        this.certificate = certificate;
    }

    /** Reads the key of a folder, and makes one where there is none. */
    public static DocumentKey in(Path folder, boolean demonstration, Clock clock) {
        Path file = folder.resolve(PRIVATE_FILE);
        try {
            return Files.exists(file) ? read(file) : make(folder, demonstration, clock);
        } catch (NoSuchFileException gone) {
            throw trouble("The key for documents is not there", file, gone);
        } catch (IOException | GeneralSecurityException | OperatorCreationException unreadable) {
            throw trouble(
                    "The key for documents cannot be read or made (" + unreadable.getMessage() + ")", file, unreadable);
        }
    }

    private static CouldNotRun trouble(String what, Path file, Exception cause) {
        return new CouldNotRun(
                new Problem(
                        what,
                        file.toString(),
                        "Put it back from a safe copy, or move it away: a new one is made for the next report. Reports"
                                + " that are signed already stay valid."),
                cause);
    }

    private static DocumentKey read(Path file) throws IOException, GeneralSecurityException {
        if (KeyFiles.openToOthers(file)) {
            throw new CouldNotRun(new Problem(
                    "The key for documents can be read by other users",
                    file.toString(),
                    "Run `chmod 600 " + file + "`. If others may have read it, move it away: a new one is made for the"
                            + " next report."));
        }
        String pem = Files.readString(file, StandardCharsets.US_ASCII);
        ECPrivateKey key = (ECPrivateKey)
                KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(PemBlock.parse(PRIVATE_KEY, pem)));
        return new DocumentKey(key, new X509CertificateHolder(PemBlock.parse(CERTIFICATE, pem)));
    }

    private static DocumentKey make(Path folder, boolean demonstration, Clock clock)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        ECPrivateKey key = (ECPrivateKey) pair.getPrivate();
        SubjectPublicKeyInfo subject =
                SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded());
        DocumentKey made = new DocumentKey(key, certificate(key, subject, demonstration, clock.instant()));
        String certificate = PemBlock.format(CERTIFICATE, made.certificate.getEncoded());
        KeyFiles.createFolder(folder);
        // One file for both halves: they can never be of two makings.
        KeyFiles.createPrivate(
                folder.resolve(PRIVATE_FILE), PemBlock.format(PRIVATE_KEY, key.getEncoded()) + certificate);
        KeyFiles.replacePublic(folder.resolve(CERTIFICATE_FILE), certificate);
        return made;
    }

    private static X509CertificateHolder certificate(
            ECPrivateKey key, SubjectPublicKeyInfo subject, boolean demonstration, Instant now)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        byte[] fingerprint = MessageDigest.getInstance("SHA-256").digest(subject.getEncoded());
        X500Name name = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, demonstration ? "DEMONSTRATION KEY NOT TRUSTED" : "Muster")
                .addRDN(
                        BCStyle.CN,
                        (demonstration ? "DEMONSTRATION " : "")
                                + "Muster documents "
                                + HexFormat.of().formatHex(fingerprint, 0, 8))
                .build();
        return new X509v3CertificateBuilder(
                        name,
                        new BigInteger(1, fingerprint).shiftRight(128),
                        // A reader whose clock is behind would call the first report not yet valid.
                        Date.from(now.minus(Duration.ofDays(1))),
                        Date.from(now.plus(LIFETIME)),
                        name,
                        subject)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(
                        Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.nonRepudiation))
                .build(new RepeatableSigner(key));
    }

    /** The SHA-256 of the certificate, in hex. */
    public String certificateSha256() {
        return HexFormat.of().formatHex(certificateDigest());
    }

    /** Whom the certificate names. */
    public String subject() {
        return certificate.getSubject().toString();
    }

    /** A detached CAdES signature, as PAdES wants it: it names its certificate, and leaves the time to the document. */
    public byte[] sign(byte[] content) {
        try {
            CMSAttributeTableGenerator usual = new DefaultSignedAttributeTableGenerator();
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            generator.addSignerInfoGenerator(new SignerInfoGeneratorBuilder(new BcDigestCalculatorProvider())
                    .setSignedAttributeGenerator(parameters -> withoutTime(usual.getAttributes(parameters))
                            .add(
                                    PKCSObjectIdentifiers.id_aa_signingCertificateV2,
                                    new SigningCertificateV2(new ESSCertIDv2(certificateDigest()))))
                    .build(new RepeatableSigner(key), certificate));
            generator.addCertificate(certificate);
            return generator
                    .generate(new CMSProcessableByteArray(content), false)
                    .getEncoded();
        } catch (CMSException | OperatorCreationException | IOException impossible) {
            throw new IllegalStateException("this Java cannot sign with P-256", impossible);
        }
    }

    private static AttributeTable withoutTime(AttributeTable attributes) {
        return attributes.remove(PKCSObjectIdentifiers.pkcs_9_at_signingTime);
    }

    private byte[] certificateDigest() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        } catch (IOException | GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
