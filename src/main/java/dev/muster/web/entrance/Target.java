package dev.muster.web.entrance;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where somebody wanted to go before they had to sign in: a path of Muster, never another place. */
record Target(String path) {
    private static final int LONGEST = 900;
    private static final Pattern OWN = Pattern.compile("/(?![/\\\\])[\\x21-\\x5b\\x5d-\\x7e]*");
    private static final Pattern ENTRANCE = Pattern.compile("/(login|logout|sign-on)\\b.*");
    private static final Target OVERVIEW = new Target("/");

    static Target of(@Nullable String asked) {
        return asked == null
                        || asked.length() > LONGEST
                        || !OWN.matcher(asked).matches()
                        || ENTRANCE.matcher(asked).matches()
                ? OVERVIEW
                : new Target(asked);
    }

    String after(String entrance) {
        return equals(OVERVIEW) ? entrance : entrance + "?to=" + URLEncoder.encode(path, StandardCharsets.UTF_8);
    }
}
