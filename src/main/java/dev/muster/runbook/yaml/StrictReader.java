package dev.muster.runbook.yaml;

import dev.muster.runbook.Misprint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads files of one language, whose schema lies in the jar under the language's name. */
public final class StrictReader {
    private final Language language;

    public StrictReader(String language) {
        this(Language.of(language));
    }

    private StrictReader(Language language) {
        this.language = language;
    }

    /** Reads files that hold what a definition in the language's schema describes. */
    public static StrictReader ofPart(String language, String definition) {
        return new StrictReader(Language.partOf(language, definition));
    }

    /** Reads a file of any number of documents, of which no language says what they hold, as a list. */
    public static Document several(Path file) {
        SourceText source = SourceText.read(file);
        List<Misprint> misprints = new ArrayList<>(source.misprints());
        Tree tree = tree(file.toString(), source.text(), true, misprints);
        return new Document(tree, source.sha256(), misprints);
    }

    /** Reads a file, with values by dotted path that take the place of those in it. */
    public Document read(Path file, Map<String, String> overrides) {
        return read(file, SourceText.read(file), overrides);
    }

    /** Reads what came along with Muster. */
    public Document read(Path name, byte[] content) {
        return read(name, SourceText.of(name, content), Map.of());
    }

    /** Reads a file whose bytes are at hand. */
    public Document read(Path file, byte[] content, Map<String, String> overrides) {
        return read(file, SourceText.of(file, content), overrides);
    }

    private Document read(Path file, SourceText source, Map<String, String> overrides) {
        if (!source.misprints().isEmpty()) {
            Tree nothing =
                    new Tree(JsonNodeFactory.instance.objectNode(), new Places(file.toString()), Set.of(), false);
            return new Document(nothing, source.sha256(), source.misprints());
        }
        List<Misprint> misprints = new ArrayList<>();
        Tree tree = tree(file.toString(), source.text(), false, misprints);
        if (tree.whole()
                && tree.root().isEmpty()
                && tree.root().isObject()
                && language.shape().hasRequired()) {
            misprints.add(tree.places()
                    .start()
                    .misprint("The file is empty", "Begin with an example from runbooks/README.md."));
            return new Document(tree, source.sha256(), misprints);
        }
        misprints.addAll(new Overrides(overrides, language.shape()).applyTo(tree));
        misprints.addAll(new FormCheck(language, tree).misprints());
        Document document = new Document(tree, source.sha256(), List.of());
        return new Document(tree, source.sha256(), document.misprintsWith(misprints));
    }

    /** Tabs are the one fault of syntax that can be read past, so that everything else is reported as well. */
    private static Tree tree(String file, String text, boolean several, List<Misprint> misprints) {
        TreeReading reading = new TreeReading(file, text, several);
        Tree tree = reading.read();
        if (reading.fault().isEmpty()) {
            misprints.addAll(reading.misprints());
            return tree;
        }
        SyntaxFault fault = new SyntaxFault(file, reading.fault().get());
        List<Misprint> tabs = fault.concernsTab() ? SyntaxFault.tabs(file, text) : List.of();
        if (tabs.isEmpty()) {
            misprints.addAll(reading.misprints());
            misprints.add(fault.misprint());
            return tree;
        }
        misprints.addAll(tabs);
        TreeReading again = new TreeReading(file, SyntaxFault.withoutTabs(text), several);
        Tree beyond = again.read();
        misprints.addAll(again.misprints());
        return beyond;
    }
}
