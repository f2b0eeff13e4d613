package dev.muster.check.comparison;

import dev.muster.check.Answer;
import dev.muster.check.Check;
import dev.muster.check.Examples;
import dev.muster.check.Subject;
import dev.muster.check.Watermarks;
import dev.muster.drill.Asset;
import dev.muster.drill.Baseline;
import dev.muster.drill.BusinessProcess;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Finding;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.Readings;
import dev.muster.drill.Step;
import dev.muster.scratch.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Does the restored database hold what the baseline says, as far as the runbook's tolerances ask for it? */
public final class AsTheBaseline implements Check {
    private static final Duration WATERMARK_LIMIT = Duration.ofMinutes(2);

    @Override
    public String name() {
        return "as-the-baseline";
    }

    @Override
    public String group() {
        return "database-integrity";
    }

    @Override
    public boolean looksBack() {
        return true;
    }

    @Override
    public boolean concerns(Step.Check step, Subject subject) {
        return subject.runbook().baseline().isPresent();
    }

    @Override
    public Answer ask(Step.Check step, Subject subject, Progress progress) throws SQLException, InterruptedException {
        Background.Known known = subject.background().baseline().orElseThrow(() -> none(subject));
        Baseline baseline = known.baseline();
        Database database = subject.restoredDatabase();
        Optional<Instant> point = point(subject);
        Map<String, String> observations = new LinkedHashMap<>();
        observations.put("baseline", known.address());
        observations.put("sha256", known.sha256());
        observations.put("signed by", known.key());
        observations.put("taken", baseline.at() + " from " + baseline.origin().words() + apart(baseline, point));
        TableComparison tables = new TableComparison(subject, baseline, ofThisBackup(baseline, subject, point));
        tables.compare(subject.background().counting().tables(database, progress), progress);
        observations.putAll(tables.observations());
        List<String> wrong = new ArrayList<>(tables.wrong());
        wrong.addAll(extensionsGone(baseline, database));
        List<Finding> findings = new ArrayList<>();
        encoding(baseline, database, observations).ifPresent(findings::add);
        if (point.filter(instant -> !instant.isBefore(baseline.at())).isPresent()) {
            findings.addAll(wentBack(baseline, subject, observations));
        }
        return answer(wrong, tables, subject, observations).with(findings);
    }

    private static Answer answer(
            List<String> wrong, TableComparison tables, Subject subject, Map<String, String> observations) {
        String place = subject.runbook().file() + ", check as-the-baseline; " + observations.get("baseline");
        if (!wrong.isEmpty()) {
            return Answer.failed(
                    new Problem(
                            "The restored database is not as the baseline says: " + Examples.of(wrong),
                            place,
                            "Look at the same tables in production. If they are as the baseline says, the backup is at"
                                    + " fault: choose an older one with --backup database=KEY and repair the backup job."
                                    + " If they changed in the meantime, make a new baseline with \"muster baseline "
                                    + subject.runbook().file() + "\", or widen their \"tolerances:\"."),
                    observations);
        }
        return tables.unknown()
                .<Answer>map(problem -> Answer.couldNotRun(problem, observations))
                .orElseGet(() -> Answer.passed(observations));
    }

    private static CouldNotRun none(Subject subject) {
        return new CouldNotRun(subject.background()
                .noBaseline()
                .orElseGet(() -> new Problem(
                        "There is no baseline to compare with",
                        subject.runbook().file() + ", baseline",
                        "Make one with \"muster baseline " + subject.runbook().file() + "\".")));
    }

    /** The instant that the restored database is good for, as far as it is known by now. */
    static Optional<Instant> point(Subject subject) {
        return Optional.ofNullable(subject.readings().get(Asset.DATABASE)).flatMap(Readings::known);
    }

    private static boolean ofThisBackup(Baseline baseline, Subject subject, Optional<Instant> point) {
        return baseline.origin().backup().isPresent()
                && baseline.origin().backup().equals(subject.background().backup())
                && point.isPresent()
                && baseline.origin().point().equals(point);
    }

    private static String apart(Baseline baseline, Optional<Instant> point) {
        if (point.isEmpty()) {
            return "; when the backup was made is not known";
        }
        Duration apart = Duration.between(baseline.at(), point.get());
        long minutes = apart.abs().toMinutes();
        return ", " + minutes + " min " + (apart.isNegative() ? "after" : "before") + " the backup's point";
    }

    private static List<String> extensionsGone(Baseline baseline, Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            Map<String, String> there = BaselineReader.extensions(connection);
            return baseline.extensions().keySet().stream()
                    .filter(name -> !there.containsKey(name))
                    .map(name -> "the extension " + name + " is not there")
                    .toList();
        }
    }

    private static Optional<Finding> encoding(Baseline baseline, Database database, Map<String, String> observations)
            throws SQLException {
        try (Connection connection = database.connect()) {
            String here = BaselineReader.server(connection, database).encoding();
            String there = baseline.server().encoding();
            observations.put("encoding", here.equals(there) ? here : here + ", and " + there + " in the baseline");
            return here.equals(there)
                    ? Optional.empty()
                    : Optional.of(new Finding(
                            Finding.Severity.MAJOR,
                            new Problem(
                                    "The baseline's database is encoded as " + there + ", the restored one as " + here,
                                    "database " + database.name(),
                                    "Texts were converted on their way, so contents cannot be compared. See whether the"
                                            + " application works with " + here + ", or restore by hand into a database"
                                            + " made with the encoding " + there + ".")));
        }
    }

    /** What the baseline has seen was there before the backup was made, so that the backup has it too. */
    private static List<Finding> wentBack(Baseline baseline, Subject subject, Map<String, String> observations)
            throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        for (BusinessProcess process : subject.runbook().processes().values()) {
            Optional<Instant> then = Optional.ofNullable(baseline.watermarks().get(process.name()));
            if (then.isEmpty()) {
                continue;
            }
            Optional<Instant> now = new Watermarks(WATERMARK_LIMIT)
                    .newest(process, subject.restoredDatabase(), subject.disaster())
                    .at();
            observations.put(
                    "newest row of " + process.name(),
                    now.map(Instant::toString).orElse("not read") + ", and " + then.get() + " in the baseline");
            if (now.filter(instant -> !instant.isBefore(then.get())).isEmpty()) {
                findings.add(new Finding(
                        Finding.Severity.MAJOR,
                        new Problem(
                                "The newest row of the process " + process.name() + " is "
                                        + now.map(Instant::toString).orElse("not known")
                                        + ", and the baseline had seen one of " + then.get()
                                        + " before the backup was made",
                                subject.runbook().file() + ", processes." + process.name() + ".watermark",
                                "See in production whether that row was deleted since. If it was not, the backup lacks"
                                        + " rows that it should have.")));
            }
        }
        return findings;
    }
}
