package dev.muster.signing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.interfaces.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.operator.ContentSigner;

/** Signs with P-256 so that the same content has the same signature, as RFC 6979 has it. */
final class RepeatableSigner implements ContentSigner {
    private static final ECDomainParameters CURVE = new ECDomainParameters(CustomNamedCurves.getByName("secp256r1"));

    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final ECPrivateKey key;

    RepeatableSigner(ECPrivateKey key) {
        this.key = key;
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
        return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    }

    @Override
    public OutputStream getOutputStream() {
        return content;
    }

    @Override
    public byte[] getSignature() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.toByteArray());
            ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
            signer.init(true, new ECPrivateKeyParameters(key.getS(), CURVE));
            BigInteger[] signature = signer.generateSignature(digest);
            return StandardDSAEncoding.INSTANCE.encode(CURVE.getN(), signature[0], signature[1]);
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
