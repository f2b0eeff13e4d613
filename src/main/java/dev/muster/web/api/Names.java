package dev.muster.web.api;

import dev.muster.drill.Problem;
import dev.muster.drill.Refusal;
import io.javalin.http.Context;
import java.util.regex.Pattern;

/** Names that stand in the path of a request: only what can be one is ever looked up. */
final class Names {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,149}");

    private Names() {}

    /**
     * The name in the path.
     *
     * @param of what it names, which is also how the path calls it
     */
    static String in(Context request, String of) {
        String name = request.pathParam(of);
        if (!NAME.matcher(name).matches()) {
            throw new Refusal(
                    Refusal.Reason.UNKNOWN,
                    new Problem(
                            "This cannot be the name of a " + of,
                            "",
                            "Names are letters, digits, dots, hyphens and underscores; the API lists those there are."));
        }
        return name;
    }

    static Refusal unknown(String of, String name, String listed) {
        return new Refusal(
                Refusal.Reason.UNKNOWN,
                new Problem("There is no " + of + " " + name, "", listed + " lists those there are."));
    }
}
