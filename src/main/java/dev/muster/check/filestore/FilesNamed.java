package dev.muster.check.filestore;

import dev.muster.check.Answer;
import dev.muster.check.Check;
import dev.muster.check.ReadOnly;
import dev.muster.check.Subject;
import dev.muster.check.filestore.Unnamed.Kind;
import dev.muster.drill.Finding;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.SkewLimit;
import dev.muster.drill.Span;
import dev.muster.drill.Step;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Does a row name every file that is there? What no row names is told by what it may be. */
public final class FilesNamed implements Check {
    private static final int BATCH = 1000;
    private static final String WORK = "files looked up";

    private final FileRegister known;

    /** @param known the register for runbooks that bring none of their own */
    public FilesNamed(FileRegister known) {
        this.known = known;
    }

    @Override
    public String name() {
        return "files-named";
    }

    @Override
    public String group() {
        return FileStock.GROUP;
    }

    @Override
    public Answer ask(Step.Check step, Subject subject, Progress progress) throws SQLException, IOException {
        try (Connection connection = ReadOnly.connect(subject.restoredDatabase())) {
            FileStock stock = FileStock.find(known, step, subject, connection);
            Skew skew = Skew.of(subject, step.filekeeping().skew());
            Unnamed unnamed = new Unnamed(stock, skew.dumped(), skew.limit().slack(), subject.disaster());
            long[] there = {0, 0};
            Fingerprints named = named(stock);
            stock.folder().walk((path, kind) -> {
                if (!kind.isRegularFile()) {
                    there[1]++;
                    return;
                }
                there[0]++;
                if (!named.contains(path)) {
                    unnamed.add(path, kind);
                }
                progress.advances(WORK, there[0], 0, Progress.Unit.ITEMS);
            });
            return new Judgement(step, subject, stock, skew, unnamed, there[0], there[1]).answer();
        }
    }

    private static Fingerprints named(FileStock stock) throws SQLException {
        Fingerprints named = new Fingerprints();
        try (PreparedStatement statement = stock.connection()
                .prepareStatement("select path from (" + stock.register().files() + ") file")) {
            statement.setFetchSize(BATCH);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    named.add(rows.getString(1));
                }
            }
        }
        return named;
    }

    private record Judgement(
            Step.Check step, Subject subject, FileStock stock, Skew skew, Unnamed unnamed, long files, long links) {

        Answer answer() {
            Map<String, String> seen = observations();
            if (files == 0) {
                return Answer.couldNotRun(
                        new Problem(
                                "The restored filestore holds no file to look at",
                                stock.folder().root().toString(),
                                "See with \"muster plan " + subject.runbook().file() + "\" whether the right backup was"
                                        + " chosen; take the check out if the system has no files."),
                        seen);
            }
            return problem()
                    .map(problem -> Answer.failed(problem, seen))
                    .or(() -> undecided().map(problem -> Answer.couldNotRun(problem, seen)))
                    .orElseGet(() -> Answer.passed(seen))
                    .with(findings());
        }

        private Map<String, String> observations() {
            Map<String, String> seen = new LinkedHashMap<>();
            seen.put("files there", String.valueOf(files));
            seen.put("files that rows name", String.valueOf(files - unnamed.files()));
            seen.put("files that no row names", String.valueOf(unnamed.files()));
            for (Kind kind : Kind.values()) {
                seen.put(kind.words(), unnamed.files(kind) + " (" + unnamed.bytes(kind) + " bytes)");
            }
            seen.put("filestore newer than the database by", unnamed.newerBy().toSeconds() + " s");
            seen.put("database of", skew.dumped().map(Object::toString).orElse("not known"));
            seen.put(
                    "limit for files that no row names",
                    step.filekeeping().unnamed().isPresent()
                            ? String.valueOf(step.filekeeping().unnamed().getAsLong())
                            : "half of all");
            seen.put("links and other entries, not followed", String.valueOf(links));
            return seen;
        }

        private Optional<Problem> problem() {
            if (unnamed.files() == files) {
                return Optional.of(problem(
                        "No row names any of the " + files + " files that came back",
                        "The filestore is that of another system, or the rows that named its files are lost. Compare with \""
                                + "select count(*) from " + stock.register().source()
                                + "\" in production and choose the"
                                + " backups that belong together with --backup."));
            }
            if (tooMany()) {
                long old = unnamed.files() - unnamed.files(Kind.NEWER);
                return Optional.of(problem(
                        "No row names " + old + " of the " + files
                                + " files, although they are not newer than the database: "
                                + unnamed.examples(mostly()),
                        "Look in production for rows that name these files: if there are any, the database lost them, and"
                                + " an older backup may still have them (--backup database=KEY). If not, they are left over:"
                                + " remove them there, or raise \"unnamed:\" in the runbook."));
            }
            if (step.filekeeping().skew().filter(this::tooNew).isPresent()) {
                return Optional.of(problem(
                        "The filestore is " + new Span(unnamed.newerBy())
                                + " newer than the database, and the runbook allows "
                                + new Span(skew.limit().atMost()) + ": no row names " + unnamed.examples(Kind.NEWER),
                        "See with \"muster backups " + subject.runbook().file()
                                + "\" whether there is a newer backup of the"
                                + " database. Copy the filestore right after each dump of the database, or allow more with"
                                + " \"skew: { atMost: ... }\"."));
            }
            return Optional.empty();
        }

        /** With a limit, garbage is explained; without, a store of which most is garbage is hardly the right one. */
        private boolean tooMany() {
            OptionalLong limit = step.filekeeping().unnamed();
            return limit.isPresent()
                    ? unexplained() > limit.getAsLong()
                    : unnamed.files() - unnamed.files(Kind.NEWER) > files / 2;
        }

        private long unexplained() {
            return unnamed.files(Kind.OLDER) + unnamed.files(Kind.FOREIGN);
        }

        /** Files whose age nobody knows may be newer than the database or not. */
        private Optional<Problem> undecided() {
            OptionalLong limit = step.filekeeping().unnamed();
            return limit.isPresent() && unexplained() + unnamed.files(Kind.UNDATED) > limit.getAsLong()
                    ? Optional.of(problem(
                            "Whether " + unnamed.files(Kind.UNDATED)
                                    + " files that no row names are newer than the database is not known: "
                                    + unnamed.examples(Kind.UNDATED),
                            "Let the backup job write the dump's time into the object's name, as in 20261120T020000Z, or"
                                    + " raise \"unnamed:\" in the runbook."))
                    : Optional.empty();
        }

        private boolean tooNew(SkewLimit limit) {
            return unnamed.newerBy().compareTo(limit.atMost()) > 0;
        }

        private Kind mostly() {
            return List.of(Kind.OLDER, Kind.UNDATED, Kind.FOREIGN, Kind.GARBAGE).stream()
                    .filter(kind -> unnamed.files(kind) > 0)
                    .findFirst()
                    .orElseThrow();
        }

        private List<Finding> findings() {
            List<Finding> findings = new ArrayList<>();
            tell(
                    Kind.NEWER,
                    Finding.Severity.NOTE,
                    "The filestore went on for " + new Span(unnamed.newerBy())
                            + " after the database's instant. After a"
                            + " restore these files are garbage; whatever named them is lost.",
                    findings);
            tell(
                    Kind.OLDER,
                    Finding.Severity.MAJOR,
                    "Look in production for rows that name them: if there are any, the database lost them. \"unnamed: 0\" in"
                            + " the runbook makes this a fault.",
                    findings);
            tell(
                    Kind.FOREIGN,
                    Finding.Severity.MINOR,
                    "Find out who put them into production's filestore; "
                            + stock.register().application() + " names its files otherwise.",
                    findings);
            if (links > 0) {
                findings.add(new Finding(
                        Finding.Severity.MINOR,
                        problem(
                                links + " entries of the filestore are links or other special files",
                                "Find out who put them into production's filestore; "
                                        + stock.register().application() + " makes none.")));
            }
            return findings;
        }

        private void tell(Kind kind, Finding.Severity severity, String remedy, List<Finding> findings) {
            if (unnamed.files(kind) > 0) {
                findings.add(new Finding(
                        severity,
                        problem(
                                "No row names " + unnamed.files(kind) + " files (" + unnamed.bytes(kind)
                                        + " bytes) that are " + kind.words() + ": " + unnamed.examples(kind),
                                remedy)));
            }
        }

        private Problem problem(String what, String remedy) {
            return new Problem(what, stock.folder().root().toString(), remedy);
        }
    }
}
