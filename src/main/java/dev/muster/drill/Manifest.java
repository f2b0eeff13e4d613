package dev.muster.drill;

/**
 * One object of Kubernetes that belongs to an application, as its file describes it.
 *
 * @param file the file that it stands in, with its line
 * @param content the whole object as JSON
 */
public record Manifest(String file, String kind, String name, String content) {

    /** As people speak of it. */
    public String label() {
        return kind + "/" + name;
    }
}
