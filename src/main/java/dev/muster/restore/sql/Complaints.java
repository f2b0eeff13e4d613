package dev.muster.restore.sql;

import dev.muster.drill.BadBackup;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Finding;
import dev.muster.drill.Problem;
import dev.muster.restore.work.Job;
import dev.muster.restore.work.Notes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Everything that the server refused while one dump was restored. */
final class Complaints {
    /** After so many real ones it is clear that the dump does not restore. */
    private static final int ENOUGH = 20;

    private final List<Complaint> losses = new ArrayList<>();
    private final Map<String, Integer> missingRoles = new TreeMap<>();
    private final Map<String, Integer> unknownSettings = new TreeMap<>();
    private int lost;

    void add(Complaint complaint, Job job) {
        switch (complaint.weight()) {
            case HARMLESS -> {
                (complaint.aboutRole() ? missingRoles : unknownSettings).merge(complaint.missing(), 1, Integer::sum);
            }
            case SCRATCH -> throw lacking(complaint, job);
            case LOSS -> {
                lost++;
                if (losses.size() < ENOUGH) {
                    losses.add(complaint);
                }
            }
        }
    }

    boolean enough() {
        return lost >= ENOUGH;
    }

    /** Notes what was harmless; anything else makes the backup a bad one. */
    void settle(Job job, Notes notes) throws BadBackup {
        notes.observe("statements refused", lost + (enough() ? " or more" : ""));
        notes.observe("missing roles", missingRoles.isEmpty() ? "none" : String.join(", ", missingRoles.keySet()));
        notes.expects(missingRoles.keySet());
        missingRoles.forEach((role, times) -> notes.find(
                Finding.Severity.NOTE,
                new Problem(
                        "The role " + role + " owns objects or holds rights in the dump (" + times
                                + " statements) and is not in it",
                        job.address(),
                        "Nothing to do for the drill: the objects belong to the scratch's own user. For a real restore,"
                                + " back the roles up too: pg_dumpall --globals-only.")));
        unknownSettings.forEach((setting, times) -> notes.find(
                Finding.Severity.NOTE,
                new Problem(
                        "The dump sets " + setting + ", which PostgreSQL " + job.postgres()
                                + " does not know in that way",
                        job.address(),
                        "Nothing to do: it governed the restoring session only, and no data depends on it.")));
        if (lost > 0) {
            Complaint first = losses.get(0);
            throw job.bad(
                    (lost == 1 ? "One statement" : lost + (enough() ? " or more" : "") + " statements")
                            + " of the dump failed; the first: " + first.message(),
                    job.address() + (first.where().isEmpty() ? "" : ", " + first.where()) + "; " + told());
        }
    }

    private String told() {
        List<String> first = losses.stream().limit(3).map(Complaint::told).toList();
        return String.join("; ", first);
    }

    private static CouldNotRun lacking(Complaint complaint, Job job) {
        return new CouldNotRun(new Problem(
                "The scratch's server cannot take the dump: " + complaint.message(),
                job.address() + (complaint.where().isEmpty() ? "" : ", " + complaint.where()),
                "The backup may be sound. Give the machine what is named here (an extension's package such as"
                        + " postgresql-" + job.postgres() + "-NAME beside an installed PostgreSQL " + job.postgres()
                        + ", a locale, disk or memory), then run the drill again."));
    }
}
