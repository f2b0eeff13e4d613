package dev.muster.people.password;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import dev.muster.drill.Secret;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Keeps passwords as argon2id hashes, each with the cost it was made with. */
public final class Passwords {
    /** As OWASP asks: 19 MiB, two passes, one lane. */
    private static final int MEMORY = 19 * 1024;

    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int HASH_BYTES = 32;
    private static final int SALT_BYTES = 16;
    /** Each takes its memory; more at once than this would let strangers use up the machine's. */
    private static final int AT_ONCE = 4;

    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final int GROUPS = 4;
    private static final int GROUP = 5;

    private final Argon2Function function;
    private final Semaphore turns = new Semaphore(AT_ONCE, true);
    private final SecureRandom chance;
    private final String nobodys;

    public Passwords(SecureRandom chance) {
        this(chance, MEMORY, PASSES);
    }

    Passwords(SecureRandom chance, int memory, int passes) {
        this.chance = chance;
        this.function = Argon2Function.getInstance(memory, passes, LANES, HASH_BYTES, Argon2.ID);
        this.nobodys = hash(oneTime());
    }

    public String hash(Secret password) {
        return inTurn(() -> Password.hash(normal(password))
                .addRandomSalt(SALT_BYTES)
                .with(function)
                .getResult());
    }

    public boolean matches(Secret password, String hash) {
        return inTurn(() -> Password.check(normal(password), hash).with(Argon2Function.getInstanceFromHash(hash)));
    }

    /** A hash that no password has, to compare with where there is none, so that it takes as long. */
    public String nobodys() {
        return nobodys;
    }

    /** Whether a hash was made with another cost than is asked today. */
    public boolean outdated(String hash) {
        return !Argon2Function.getInstanceFromHash(hash).equals(function);
    }

    /** A password to be given to somebody, who chooses another with it. */
    public Secret oneTime() {
        StringBuilder text = new StringBuilder();
        for (int letter = 0; letter < GROUPS * GROUP; letter++) {
            text.append(letter > 0 && letter % GROUP == 0 ? "-" : "")
                    .append(LETTERS.charAt(chance.nextInt(LETTERS.length())));
        }
        return new Secret(text.toString());
    }

    /** The same letters are typed in more than one way. */
    private static String normal(Secret password) {
        return Normalizer.normalize(password.reveal(), Normalizer.Form.NFC);
    }

    private <R> R inTurn(Supplier<R> work) {
        turns.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }
}
