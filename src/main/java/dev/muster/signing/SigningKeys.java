package dev.muster.signing;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.List;

/** The pair of keys that evidence is signed with: one private key in one folder, and its public half to hand out. */
public final class SigningKeys implements Signer {
    static final String PRIVATE_FILE = "evidence-key.pem";
    static final String PUBLIC_FILE = "evidence-key.pub.pem";

    private final Path folder;
    private final KeyPair pair;
    private final PublicKeyText publicKey;

    private SigningKeys(Path folder, KeyPair pair, boolean demonstration) {
        this.folder = folder;
        this.pair = pair;
        this.publicKey = PublicKeyText.of(pair.getPublic(), demonstration);
    }

    /** Makes a new pair of keys in a folder that has none. */
    public static SigningKeys init(Path folder) {
        return init(folder, false);
    }

    /** Makes keys that say of themselves that nobody should trust them. */
    public static SigningKeys initForDemonstration(Path folder) {
        return init(folder, true);
    }

    private static SigningKeys init(Path folder, boolean demonstration) {
        SigningKeys keys = new SigningKeys(folder, Ed25519.generate(), demonstration);
        try {
            KeyFiles.createFolder(folder);
            KeyFiles.createPrivate(folder.resolve(PRIVATE_FILE), Ed25519.privatePem(keys.pair, demonstration));
            KeyFiles.replacePublic(folder.resolve(PUBLIC_FILE), keys.publicKeyPem());
            return keys;
        } catch (FileAlreadyExistsException exists) {
            throw new CouldNotRun(
                    new Problem(
                            "There is a signing key already",
                            folder.resolve(PRIVATE_FILE).toString(),
                            "It is never overwritten. Use it as it is, or put a new one in its place with"
                                    + " `muster keys rotate`, which keeps the old public key."),
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

    /** Reads the keys of a folder. */
    public static SigningKeys open(Path folder) {
        Path file = folder.resolve(PRIVATE_FILE);
        try {
            if (KeyFiles.openToOthers(file)) {
                throw new CouldNotRun(new Problem(
                        "The signing key can be read by other users",
                        file.toString(),
                        "Run `chmod 600 " + file + "`. If others may have read it, put a new one in its place with"
                                + " `muster keys rotate`."));
            }
            String pem = Files.readString(file);
            return new SigningKeys(folder, Ed25519.pairOf(pem), PublicKeyText.saysDemonstration(pem));
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
                            "The signing key cannot be read (" + reason(unreadable) + ")",
                            file.toString(),
                            "It must be an Ed25519 key as PKCS#8 PEM that the user who runs Muster may read. Put it"
                                    + " back from a safe copy, or move it away and make a new one with"
                                    + " `muster keys init`."),
                    unreadable);
        }
    }

    /** Puts a new pair in the place of this one; the old public key stays in the folder. */
    public Rotation rotate() {
        SigningKeys next = new SigningKeys(folder, Ed25519.generate(), demonstration());
        try {
            // The old public key first: without it, nothing signed so far could be verified any more.
            KeyFiles.replacePublic(folder.resolve(retiredFile()), publicKeyPem());
            KeyFiles.replacePrivate(folder.resolve(PRIVATE_FILE), Ed25519.privatePem(next.pair, demonstration()));
            KeyFiles.replacePublic(folder.resolve(PUBLIC_FILE), next.publicKeyPem());
            return new Rotation(keyId(), next.keyId(), this, next);
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

    private String retiredFile() {
        return "evidence-key-" + keyId().substring(0, 16) + ".pub.pem";
    }

    @Override
    public byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance(Ed25519.ALGORITHM);
            signature.initSign(pair.getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java cannot sign with Ed25519", impossible);
        }
    }

    @Override
    public PublicKeyText publicKey() {
        return publicKey;
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

    private static String reason(Exception exception) {
        return exception instanceof IOException ? exception.toString() : "" + exception.getMessage();
    }
}
