package dev.muster.orchestrator.outside;

import dev.muster.ledger.Checkpoint;
import dev.muster.ledger.Consistency;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A witness as c2sp.org/tlog-witness describes it: it remembers one checkpoint, and signs only what goes on from it. */
final class SmallWitness implements Server.Answering {
    static final String NAME = "witness.example.com/a";

    private final KeyPair pair;
    private @Nullable Checkpoint known;

    SmallWitness() throws GeneralSecurityException {
        this.pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    private byte[] key() {
        byte[] info = pair.getPublic().getEncoded();
        byte[] key = Arrays.copyOfRange(info, info.length - 33, info.length);
        key[0] = 4;
        return key;
    }

    private byte[] hint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((NAME + "\n").getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(digest.digest(key()), 4);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The key as it is published. */
    String published() {
        return NAME + "+" + HexFormat.of().formatHex(hint()) + "+"
                + Base64.getEncoder().encodeToString(key());
    }

    void forgets() {
        known = null;
    }

    @Override
    public synchronized Server.Answer to(Server.Request request) {
        if (!request.path().equals("/log/add-checkpoint")) {
            return new Server.Answer(404, "");
        }
        int blank = request.body().indexOf("\n\n");
        List<String> head = request.body().substring(0, blank).lines().toList();
        long old = Long.parseLong(head.get(0).substring("old ".length()));
        Checkpoint asked = Checkpoint.parse(request.body().substring(blank + 2)).orElseThrow();
        Checkpoint before = known;
        long remembered = before == null ? 0 : before.size();
        if (old > asked.size()) {
            return new Server.Answer(400, "");
        }
        if (old != remembered) {
            return new Server.Answer(409, remembered + "\n");
        }
        List<byte[]> proof = head.stream()
                .skip(1)
                .map(hash -> Base64.getDecoder().decode(hash))
                .toList();
        if (before != null && !new Consistency(before, asked, proof).holds()) {
            return new Server.Answer(before.size() == asked.size() ? 409 : 422, remembered + "\n");
        }
        known = asked;
        return new Server.Answer(200, signature(asked.note().text()));
    }

    private String signature(String text) {
        long time = 1_793_500_000L;
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(pair.getPrivate());
            signer.update(("cosignature/v1\ntime " + time + "\n" + text).getBytes(StandardCharsets.UTF_8));
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            line.writeBytes(hint());
            line.writeBytes(ByteBuffer.allocate(8).putLong(time).array());
            line.writeBytes(signer.sign());
            return "\u2014 " + NAME + " " + Base64.getEncoder().encodeToString(line.toByteArray()) + "\n";
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
