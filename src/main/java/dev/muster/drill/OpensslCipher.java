package dev.muster.drill;

/**
 * How {@code openssl enc} was called when it encrypted a backup; nothing in the bytes says so.
 *
 * @param cipher as openssl names it
 * @param digest what the key was derived with
 * @param iterations how often PBKDF2 was run; zero means openssl's older way of deriving a key, without it
 */
public record OpensslCipher(String cipher, String digest, int iterations) {
    /** What {@code openssl enc -aes-256-cbc -pbkdf2} does. */
    public static final OpensslCipher USUAL = new OpensslCipher("aes-256-cbc", "sha256", 10_000);
}
