package dev.muster.runbook.yaml;

import dev.muster.runbook.Misprint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A file that was read, right or wrong: its values, where they stand, and the mistakes in its form. */
public final class Document {
    private final Tree tree;
    private final String sha256;
    private final List<Misprint> misprints;

    Document(Tree tree, String sha256, List<Misprint> misprints) {
        this.tree = tree;
        this.sha256 = sha256;
        this.misprints = List.copyOf(misprints);
    }

    /** The whole content. */
    public Entry root() {
        return new Entry(this, List.of(), tree.root());
    }

    /** The mistakes that need no knowledge of what the values mean. */
    public List<Misprint> misprints() {
        return misprints;
    }

    /** These mistakes and further ones, in the order in which they stand in the file. */
    public List<Misprint> misprintsWith(List<Misprint> further) {
        List<Misprint> all = new ArrayList<>(misprints);
        all.addAll(further);
        all.sort(Comparator.comparingInt(Misprint::line)
                .thenComparingInt(Misprint::column)
                .thenComparing(Misprint::file));
        return List.copyOf(all);
    }

    /** The same with a word in place of another, wherever a text holds that. */
    public Document filledIn(String placeholder, String word) {
        return new Document(tree.filledIn(placeholder, word), sha256, misprints);
    }

    /** Whether the file was read to its end, so that what is not there is really missing. */
    public boolean whole() {
        return tree.whole();
    }

    /** The digest of the file's bytes. */
    public String sha256() {
        return sha256;
    }

    Place place(List<String> path) {
        return tree.places().ofValue(path);
    }

    Place placeOfKey(List<String> path) {
        return tree.places().ofKey(path);
    }

    JsonNode node(List<String> path) {
        return Tree.at(tree.root(), path);
    }
}
