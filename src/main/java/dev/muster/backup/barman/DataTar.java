package dev.muster.backup.barman;

import dev.muster.drill.StoredObject;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of the tars of a backup.
 *
 * @param stem {@code data}, or the identifier of a tablespace
 * @param number 0 for the first, 1 for the one that goes on where it was full
 */
public record DataTar(String stem, int number) {
    /** The stem of those that hold the server's data folder. */
    public static final String DATA = "data";

    private static final Pattern NAME = Pattern.compile("(data|\\d{1,10})(?:_(\\d{4,6}))?\\.tar(?:\\.[a-z0-9]+)?");

    /** Which tar an object is; absent when it is none. */
    public static Optional<DataTar> of(StoredObject object) {
        Matcher name = NAME.matcher(object.name());
        return name.matches()
                ? Optional.of(new DataTar(
                        name.group(1),
                        Optional.ofNullable(name.group(2))
                                .map(Integer::parseInt)
                                .orElse(0)))
                : Optional.empty();
    }

    /** Its name, without what tells its compression. */
    public String name() {
        return stem + (number == 0 ? "" : String.format(Locale.ROOT, "_%04d", number)) + ".tar";
    }
}
