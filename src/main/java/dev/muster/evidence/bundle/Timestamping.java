package dev.muster.evidence.bundle;

import dev.muster.signing.Signer;
import dev.muster.signing.SshSignature;
import dev.muster.signing.timestamp.Timestamp;
import dev.muster.signing.timestamp.TimestampAuthority;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The word of a timestamp authority on the signature over a bundle's statement. */
public final class Timestamping {
    private Timestamping() {}

    /** Adds a timestamp to the files of a bundle. */
    public static void stamp(Map<String, byte[]> files, TimestampAuthority authority, Signer signer)
            throws InterruptedException {
        byte[] response = authority.stamp(files.getOrDefault(Bundle.SIGNATURE, new byte[0]));
        files.put(Bundle.TIMESTAMP, response);
        // The authority signs a part of its answer only; so that no byte of the file can be changed unnoticed, the
        // issuer signs all of it.
        files.put(Bundle.TIMESTAMP_SIGNATURE, Bundle.utf8(SshSignature.sign(response, Bundle.PURPOSE, signer)));
    }

    /** What an authority's answer says of a signature; empty when it is broken or says nothing of it. */
    public static Optional<String> said(byte[] response, byte[] signature, List<X509Certificate> anchors) {
        return Timestamp.read(response)
                .filter(timestamp -> timestamp.covers(signature))
                .map(timestamp -> timestamp.leadsTo(anchors)
                        ? "It was signed before " + timestamp.at() + ": so says the timestamp authority "
                                + timestamp.authority() + ", which you trust."
                        : "A timestamp says that it was signed before " + timestamp.at()
                                + ", but you do not trust its authority " + timestamp.authority()
                                + ": its certificate leads to no *.crt or tsa*.pem in the folder of --trust.");
    }
}
