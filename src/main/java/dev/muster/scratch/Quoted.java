package dev.muster.scratch;

import java.util.regex.Pattern;

/** Words as a shell takes them, so that a command can be copied. */
final class Quoted {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+-]+");

    private Quoted() {}

    static String of(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
