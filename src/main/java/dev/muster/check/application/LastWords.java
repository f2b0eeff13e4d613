package dev.muster.check.application;

import dev.muster.drill.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What an application said last, as a report may show it. */
public record LastWords(List<Secret> secrets) {
    private static final int SHOWN = 10;
    private static final int LONGEST = 240;
    private static final String MASK = "******";
    private static final Pattern NAMED_SECRET = Pattern.compile(
            "(?i)((?:passw(?:or)?d|passwd|secret|token|api_?key)[\\w]*[\"']?\\s*[=:]\\s*)(\"[^\"]*\"|'[^']*'|\\S+)");
    private static final Pattern IN_ADDRESS = Pattern.compile("(://[^:/@\\s]*:)[^@\\s]+@");

    public LastWords {
        secrets = List.copyOf(secrets);
    }

    /** The last lines by number, as observations of a check. */
    public Map<String, String> observations(List<String> lines) {
        Map<String, String> observations = new LinkedHashMap<>();
        List<String> last = said(lines);
        for (int line = 0; line < last.size(); line++) {
            observations.put("log line " + (line + 1) + " of " + last.size(), last.get(line));
        }
        return observations;
    }

    /** The last line, for a problem's sentence. */
    public String lastLine(List<String> lines) {
        List<String> last = said(lines);
        return last.isEmpty() ? "it wrote nothing" : "its last line was: " + last.get(last.size() - 1);
    }

    private List<String> said(List<String> lines) {
        List<String> said = new ArrayList<>();
        for (String line : lines) {
            if (!line.isBlank()) {
                said.add(shown(line));
            }
        }
        return said.subList(Math.max(0, said.size() - SHOWN), said.size());
    }

    /** One line that a terminal can show and that holds no secret. */
    public String shown(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ").strip();
        for (Secret secret : secrets) {
            line = line.replace(secret.reveal(), MASK);
        }
        line = NAMED_SECRET.matcher(line).replaceAll("$1" + MASK);
        line = IN_ADDRESS.matcher(line).replaceAll("$1" + MASK + "@");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}
