package dev.muster.backup.walg;

import dev.muster.drill.StoredObject;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name of a backup, which begins with the segment that its log begins in; what holds changes names two. */
public record BackupName(String text) {
    /** The folder of all backups. */
    public static final String FOLDER = "basebackups_005/";

    private static final String SEGMENT = "[0-9A-F]{24}";
    private static final String NAME = "base_" + SEGMENT + "(?:_D_" + SEGMENT + ")?(?:_[0-9A-F]+)?";
    private static final Pattern KEY =
            Pattern.compile("((?:.*/)?" + FOLDER + ")(" + NAME + ")(/.*|" + Pattern.quote(Sentinel.SUFFIX) + ")");

    /** The name of the backup that an object belongs to. */
    public static Optional<BackupName> of(StoredObject object) {
        Matcher key = KEY.matcher(object.key());
        return key.matches() ? Optional.of(new BackupName(key.group(2))) : Optional.empty();
    }

    /** What the keys of all backups begin with that lie beside the one of this object. */
    static String base(StoredObject object) {
        Matcher key = KEY.matcher(object.key());
        return key.matches() ? key.group(1) : object.folder();
    }

    /** Where the backup's sentinel lies in the folder of all backups. */
    public String sentinel() {
        return text + Sentinel.SUFFIX;
    }

    /** Where another of its objects lies there. */
    public String file(String name) {
        return text + "/" + name;
    }

    int timeline() {
        return (int) Long.parseLong(segment().substring(0, 8), 16);
    }

    /** The name of the segment that its log begins in. */
    String segment() {
        return text.substring("base_".length(), "base_".length() + 24);
    }

    @Override
    public String toString() {
        return text;
    }
}
