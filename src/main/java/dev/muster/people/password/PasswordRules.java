package dev.muster.people.password;

import dev.muster.drill.Problem;
import dev.muster.drill.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which passwords are good enough: long ones that are not everybody's. */
public final class PasswordRules {
    public static final int SHORTEST = 12;
    public static final int LONGEST = 128;

    private static final int FEW = 4;
    private static final int NAME_THAT_TELLS = 4;

    private final Set<String> common;

    public PasswordRules() {
        this.common = common();
    }

    /** What is wrong with a password that somebody chose; absent when it is good. */
    public Optional<Problem> problem(Secret password, String name) {
        String text = password.reveal();
        String small = text.toLowerCase(Locale.ROOT);
        int length = text.codePointCount(0, text.length());
        if (length < SHORTEST || length > LONGEST) {
            return wrong(
                    "The password has " + length + " characters",
                    "Choose one with " + SHORTEST + " to " + LONGEST
                            + "; a sentence of some words is easy to remember.");
        }
        if (name.length() >= NAME_THAT_TELLS && small.contains(name.toLowerCase(Locale.ROOT))) {
            return wrong("The password holds your own name", "Choose one that has nothing to do with you.");
        }
        if (common.contains(small)
                || common.contains(small.replaceAll("[^a-z]", ""))
                || small.codePoints().distinct().count() <= FEW) {
            return wrong(
                    "The password is among the first that are tried",
                    "Choose one that nobody else has; a sentence of some words is easy to remember.");
        }
        return Optional.empty();
    }

    private static Optional<Problem> wrong(String what, String remedy) {
        return Optional.of(new Problem(what, "password", remedy));
    }

    private static Set<String> common() {
        try (InputStream list = PasswordRules.class.getResourceAsStream("common-passwords.txt")) {
            if (list == null) {
                throw new IllegalStateException("the list of common passwords is not there");
            }
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
