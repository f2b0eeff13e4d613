package dev.muster.restore.sql;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement of a dump that the server refused. Scratch servers speak English, so that the words decide.
 *
 * @param message what the server said
 * @param statement the statement, or its beginning
 * @param where the place in the dump, as far as it is known
 */
record Complaint(String message, String statement, String where) {

    /** What a refused statement means for the restore. */
    enum Weight {
        /** Nothing is lost that a backup of one database could hold. */
        HARMLESS,
        /** The scratch lacks something; it says nothing about the backup. */
        SCRATCH,
        /** Something that the dump holds did not come back. */
        LOSS
    }

    private static final Pattern MISSING_ROLE = Pattern.compile("role \"(.+)\" does not exist");
    private static final Pattern ABOUT_ROLES =
            Pattern.compile("(?is)(ALTER (?!ROLE|USER|POLICY|GROUP)|GRANT |REVOKE |SET SESSION AUTHORIZATION ).*");
    private static final Pattern UNKNOWN_SETTING = Pattern.compile(
            "unrecognized configuration parameter \"(.+)\"|invalid value for parameter \"(default_tablespace)\".*");
    private static final Pattern SETS = Pattern.compile("(?is)SET (?!LOCAL|SESSION).*");
    private static final Pattern SCRATCH_LACKS = Pattern.compile("extension \"(.+)\" is not available"
            + "|could not open extension control file.*"
            + "|could not access file \".+\": No such file or directory"
            + "|collation \".+\" for encoding \".+\" does not exist"
            + "|could not create locale \".+\".*"
            + "|.*No space left on device.*"
            + "|out of memory|out of shared memory"
            + "|terminating connection due to administrator command"
            + "|the database system is .*"
            + "|.*server closed the connection unexpectedly.*");

    Weight weight() {
        if (matches(MISSING_ROLE, message) && matches(ABOUT_ROLES, statement)) {
            return Weight.HARMLESS;
        }
        if (matches(UNKNOWN_SETTING, message) && matches(SETS, statement)) {
            return Weight.HARMLESS;
        }
        return matches(SCRATCH_LACKS, message) ? Weight.SCRATCH : Weight.LOSS;
    }

    /** The role or setting that is missing, for a harmless complaint. */
    String missing() {
        Matcher role = MISSING_ROLE.matcher(message);
        if (role.matches()) {
            return role.group(1);
        }
        Matcher setting = UNKNOWN_SETTING.matcher(message);
        return setting.matches() ? String.valueOf(setting.group(1) == null ? setting.group(2) : setting.group(1)) : "";
    }

    boolean aboutRole() {
        return matches(MISSING_ROLE, message);
    }

    /** The complaint as a reader of a report sees it. */
    String told() {
        String start = statement.strip().replaceAll("\\s+", " ");
        return message + " (" + (where.isEmpty() ? "" : where + ": ")
                + (start.length() > 120 ? start.substring(0, 120) + "..." : start) + ")";
    }

    private static boolean matches(Pattern pattern, String words) {
        return pattern.matcher(words.strip()).matches();
    }
}
