package dev.muster.signing;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A pair of keys that Muster made: the private one in a folder of Muster's own, and its public half to hand out. */
public final class SigningKeys implements Signer {
    private final Path folder;
    private final KeyUse use;
    private final KeySigner signer;

    private SigningKeys(Path folder, KeyUse use, KeySigner signer) {
        this.folder = folder;
        this.use = use;
        this.signer = signer;
    }

    /** Makes a new pair of keys for evidence in a folder that has none. */
    public static SigningKeys init(Path folder) {
        return init(folder, KeyUse.EVIDENCE, Validity.ALWAYS);
    }

    /** Makes a new pair of keys in a folder that has none for this use. */
    public static SigningKeys init(Path folder, KeyUse use, Validity validity) {
        return init(folder, use, false, validity);
    }

    /** Makes keys for every use that say of themselves that nobody should trust them, and gives those for evidence. */
    public static SigningKeys initForDemonstration(Path folder) {
        init(folder, KeyUse.LEDGER, true, Validity.ALWAYS);
        return init(folder, KeyUse.EVIDENCE, true, Validity.ALWAYS);
    }

    private static SigningKeys init(Path folder, KeyUse use, boolean demonstration, Validity validity) {
        KeyPair pair = Ed25519.generate();
        SigningKeys keys = of(folder, use, pair, demonstration, validity);
        try {
            KeyFiles.createFolder(folder);
            KeyFiles.createPrivate(use.privateFile(folder), PrivateKeyText.format(pair, keys.publicKey()));
            KeyFiles.replacePublic(use.publicFile(folder), keys.publicKeyPem());
            return keys;
        } catch (FileAlreadyExistsException exists) {
            throw new CouldNotRun(
                    new Problem(
                            "There is a signing key already",
                            use.privateFile(folder).toString(),
                            "It is never overwritten. Use it as it is, or put a new one in its place with"
                                    + " `muster keys rotate " + use.word() + "`, which keeps the old public key."),
                    exists);
        } catch (IOException failed) {
            throw new CouldNotRun(
                    new Problem(
                            "The signing keys could not be written (" + failed + ")",
                            folder.toString(),
                            "Give the user who runs Muster the right to write there, or name another folder with"
                                    + " --home."),
                    failed);
        }
    }

    private static SigningKeys of(Path folder, KeyUse use, KeyPair pair, boolean demonstration, Validity validity) {
        try {
            PublicKeyText publicKey = PublicKeyText.of(pair.getPublic(), demonstration, validity);
            String place = use.privateFile(folder).toString();
            return new SigningKeys(folder, use, new KeySigner(pair.getPrivate(), publicKey, place, Optional.empty()));
        } catch (InvalidKeyException impossible) {
            throw new IllegalStateException("the key was made as Ed25519", impossible);
        }
    }

    /** Reads the keys for evidence of a folder. */
    public static SigningKeys open(Path folder) {
        return open(folder, KeyUse.EVIDENCE);
    }

    static SigningKeys open(Path folder, KeyUse use) {
        Path file = use.privateFile(folder);
        try {
            if (KeyFiles.openToOthers(file)) {
                throw new CouldNotRun(new Problem(
                        "The signing key can be read by other users",
                        file.toString(),
                        "Run `chmod 600 " + file + "`. If others may have read it, put a new one in its place with"
                                + " `muster keys rotate " + use.word() + "`."));
            }
            return new SigningKeys(folder, use, PrivateKeyText.read(KeyFiles.text(file), file.toString()));
        } catch (NoSuchFileException missing) {
            throw new CouldNotRun(
                    new Problem(
                            "There is no signing key",
                            file.toString(),
                            "Make one with `muster keys init --home "
                                    + folder.toAbsolutePath().getParent()
                                    + "`; evidence cannot be signed without."),
                    missing);
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new CouldNotRun(
                    new Problem(
                            "The signing key cannot be read (" + Reasons.of(unreadable) + ")",
                            file.toString(),
                            "It must be an Ed25519 or P-256 key as PKCS#8 PEM that the user who runs Muster may read."
                                    + " Put it back from a safe copy, or move it away and make a new one with"
                                    + " `muster keys init`."),
                    unreadable);
        }
    }

    static boolean exist(Path folder, KeyUse use) {
        return Files.exists(use.privateFile(folder));
    }

    /** Puts a new pair in the place of this one; the old public key stays in the folder, and ends now. */
    public Rotation rotate(Instant now) {
        KeyPair pair = Ed25519.generate();
        SigningKeys next = of(folder, use, pair, demonstration(), Validity.ALWAYS);
        Rotation rotation = new Rotation(use, now, this, next);
        try {
            // The old public key first: without it, nothing signed so far could be verified any more.
            KeyFiles.replacePublic(
                    use.retiredFile(folder, keyId()),
                    publicKey().with(publicKey().validity().endedBy(now)).pem());
            KeyFiles.replacePrivate(use.privateFile(folder), PrivateKeyText.format(pair, next.publicKey()));
            KeyFiles.replacePublic(use.publicFile(folder), next.publicKeyPem());
            return rotation;
        } catch (IOException failed) {
            throw new CouldNotRun(
                    new Problem(
                            "The signing keys could not be rotated (" + failed + ")",
                            folder.toString(),
                            "Make the folder writable for the user who runs Muster, see with `muster keys show` which"
                                    + " key holds now, and try again."),
                    failed);
        }
    }

    @Override
    public byte[] sign(byte[] message) {
        return signer.sign(message);
    }

    @Override
    public PublicKeyText publicKey() {
        return signer.publicKey();
    }

    /** Whether the signature over the message was made with the private half of this public key. */
    public static boolean verify(String publicKeyPem, byte[] message, byte[] signature) {
        return PublicKeyText.parse(publicKeyPem)
                .filter(key -> key.verifies(message, signature))
                .isPresent();
    }

    /** Every public key that lies in a folder as {@code *.pem}. */
    public static List<PublicKeyText> publicKeys(Path folder) {
        return KeyFiles.publicKeys(folder);
    }
}
