package dev.muster.backup.choice;

import dev.muster.backup.digest.Algorithm;
import dev.muster.backup.format.Layout;
import dev.muster.drill.BackupSource;
import dev.muster.drill.StoredObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Tells by an object's name whether it can be the backup that is looked for. */
final class Names {
    private static final List<String> UNFINISHED = List.of(".partial", ".part", ".tmp", ".incomplete");
    private static final List<String> SIGNATURES = List.of(".sig", ".asc");

    private Names() {}

    /** The sentence that says why an object with this name is out of the question. */
    static Optional<String> fault(StoredObject object, Layout layout, BackupSource source, Optional<String> asked) {
        if (asked.isPresent()) {
            return isAskedFor(object, layout.name(object), asked.get())
                    ? Optional.empty()
                    : Optional.of("Not the one that was asked for by name.");
        }
        if (accompanies(object, source)) {
            return Optional.of("Wrong name: it accompanies a backup and is none itself.");
        }
        List<String> labels = layout.labels(object);
        return source.name()
                .filter(pattern -> !labels.isEmpty() && labels.stream().noneMatch(label -> matches(pattern, label)))
                .map(pattern -> "Wrong name: `name: " + pattern + "` is asked for.");
    }

    /** The sentence that says why an object with this name is not a whole backup, without its full stop. */
    static Optional<String> unfinished(StoredObject object) {
        return ending(object, UNFINISHED).map(ending -> "It is not finished: its name ends with " + ending);
    }

    static boolean isAskedFor(StoredObject object, String name, String asked) {
        return object.key().equals(asked)
                || name.equals(asked)
                || object.address().equals(asked);
    }

    /** GnuPG gives the same ending to a signature and to a backup that it encrypted as text. */
    private static boolean accompanies(StoredObject object, BackupSource source) {
        boolean signature = ending(object, SIGNATURES)
                .filter(ending -> source.key().isEmpty() || !ending.equals(".asc"))
                .isPresent();
        return signature
                || Algorithm.ofSidecar(object.name()).isPresent()
                || Algorithm.ofList(object.name()).isPresent();
    }

    private static Optional<String> ending(StoredObject object, List<String> endings) {
        String name = object.name().toLowerCase(Locale.ROOT);
        return endings.stream().filter(name::endsWith).findFirst();
    }

    private static boolean matches(String pattern, String name) {
        String expression = pattern.codePoints()
                .mapToObj(letter -> switch (letter) {
                    case '*' -> ".*";
                    case '?' -> ".";
                    default -> Pattern.quote(Character.toString(letter));
                })
                .collect(Collectors.joining());
        return Pattern.matches(expression, name);
    }
}
