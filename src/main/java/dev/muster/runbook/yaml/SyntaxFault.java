package dev.muster.runbook.yaml;

import dev.muster.runbook.Misprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Says in our own words why a text is not YAML. */
final class SyntaxFault {
    private static final Pattern TAB_IN_INDENTATION = Pattern.compile("^( *)\\t\\s*\\S");

    private final String file;
    private final YamlEngineException fault;

    SyntaxFault(String file, YamlEngineException fault) {
        this.file = file;
        this.fault = fault;
    }

    boolean concernsTab() {
        return fault.getMessage() != null && fault.getMessage().contains("\\t(TAB)");
    }

    /** One misprint for each line that is indented with a tab. */
    static List<Misprint> tabs(String file, String text) {
        List<Misprint> misprints = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int index = 0; index < lines.size(); index++) {
            var tab = TAB_IN_INDENTATION.matcher(lines.get(index));
            if (tab.find()) {
                misprints.add(new Place(file, index + 1, tab.end(1) + 1)
                        .misprint("A tab stands in the indentation", "Indent with spaces, two for each level."));
            }
        }
        return misprints;
    }

    static String withoutTabs(String text) {
        return text.replace("\t", "  ");
    }

    Misprint misprint() {
        if (!(fault instanceof MarkedYamlEngineException marked)) {
            return new Place(file, 1, 1)
                    .misprint("This is not YAML", "Compare it with an example in runbooks/README.md.");
        }
        Optional<Mark> mark = marked.getProblemMark().or(marked::getContextMark);
        Place place = mark.map(at -> new Place(file, at.getLine() + 1, at.getColumn() + 1))
                .orElse(new Place(file, 1, 1));
        String said = (marked.getContext() + " " + marked.getProblem()).replaceAll("\\s+", " ");
        if (said.contains("mapping values are not allowed")) {
            return place.misprint(
                    "A colon stands where no value may begin",
                    "Put a text that holds a colon and a space in quotes, and look whether the line above is complete.");
        }
        if (said.contains("quoted scalar")) {
            Place opening = marked.getContextMark()
                    .map(at -> new Place(file, at.getLine() + 1, at.getColumn() + 1))
                    .orElse(place);
            return opening.misprint(
                    "The text in quotes that begins here is not well-formed",
                    "Close it with the same kind of quote; within double quotes write a backslash twice.");
        }
        if (said.contains("flow")) {
            return place.misprint(
                    "A bracket is not closed, or a comma is missing", "Close each { with } and each [ with ].");
        }
        if (said.contains("could not find expected ':'") || said.contains("simple key")) {
            return place.misprint("A key has no value", "Write a colon and a space after the key.");
        }
        if (said.contains("expected <block end>")) {
            return place.misprint(
                    "The indentation does not fit the lines above",
                    "Indent all keys of one mapping alike, with spaces.");
        }
        return place.misprint(
                "This is not YAML: " + marked.getProblem(), "Put text with special characters in quotes.");
    }
}
