package dev.muster.evidence.bundle;

import dev.muster.drill.Backup;
import dev.muster.drill.CheckResult;
import dev.muster.drill.DrillRecord;
import dev.muster.drill.Figure;
import dev.muster.drill.ObjectRead;
import dev.muster.drill.RecoveryPoint;
import dev.muster.drill.Runbook;
import dev.muster.drill.StoredObject;
import dev.muster.drill.Verdict;
import dev.muster.evidence.record.Json;
import dev.muster.evidence.record.Section;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The drill as an in-toto test result: which backups were tested, by which runbook, and what came out. */
public final class TestResult {
    static final String PREDICATE_TYPE = "https://in-toto.io/attestation/test-result/v0.1";

    /** How many subjects and tests are named at most, until it is short enough for one signature. */
    private static final List<Integer> NAMED = List.of(64, 32, 16, 8, 4, 2, 1);

    private static final int LONGEST_NAME = 160;

    private final DrillRecord record;
    private final UnaryOperator<Map<String, @Nullable Object>> masking;

    private TestResult(DrillRecord record, UnaryOperator<Map<String, @Nullable Object>> masking) {
        this.record = record;
        this.masking = masking;
    }

    /**
     * The statement, short enough for one signature.
     *
     * @param document what the record says; the subject when no backup was read
     * @param masking keeps secrets out of it
     */
    public static String of(DrillRecord record, byte[] document, UnaryOperator<Map<String, @Nullable Object>> masking) {
        TestResult result = new TestResult(record, masking);
        byte[] statement = new byte[0];
        for (int most : NAMED) {
            statement = result.statement(document, most);
            if (statement.length < Statement.LONGEST) {
                return new String(statement, StandardCharsets.UTF_8);
            }
        }
        throw new IllegalStateException("the test result has " + statement.length + " bytes");
    }

    private byte[] statement(byte[] document, int most) {
        List<Section> subjects = record.objectsRead().isEmpty()
                ? List.of(subject(Bundle.DOCUMENT, Statement.sha256(document)))
                : objects().stream()
                        .limit(most)
                        .map(read -> subject(read.before().address(), read.sha256()))
                        .toList();
        Map<String, @Nullable Object> statement = new Section()
                .with("_type", Statement.TYPE)
                .with("subject", subjects)
                .with("predicateType", PREDICATE_TYPE)
                .with(
                        "predicate",
                        new Section()
                                .with("result", result(record.verdict().name()))
                                .with("configuration", List.of(configuration(subjects.size())))
                                .with("passedTests", named(passed(), most))
                                .with("warnedTests", named(warned(), most))
                                .with("failedTests", named(failed(), most)))
                .values();
        return Json.compact(masking.apply(statement));
    }

    /** What a verdict is in a form that knows no more than passed and failed. */
    static String result(String verdict) {
        return verdict.equals(Verdict.PASSED.name()) ? "PASSED" : "FAILED";
    }

    /** What the form has no place for is said of the runbook that the test was configured by. */
    private Section configuration(int subjects) {
        Runbook runbook = record.request().runbook();
        Section annotations = new Section()
                .with("drill", record.drill())
                .with("system", runbook.system())
                .with("verdict", record.verdict().name());
        if (record.verdict() == Verdict.COULD_NOT_RUN) {
            annotations.with("means", "It could not run, which counts as failed and says nothing about the backups.");
        }
        int more = record.objectsRead().size() - subjects;
        if (more > 0) {
            annotations.with("moreSubjects", more + " more objects were read; " + Bundle.DOCUMENT + " has them all");
        }
        return new Section()
                .with("name", shortened(runbook.file()))
                .with("digest", new Section().with("sha256", runbook.sha256()))
                .with("annotations", annotations);
    }

    private static Section subject(String name, String sha256) {
        return new Section().with("name", shortened(name)).with("digest", new Section().with("sha256", sha256));
    }

    /** The objects that were read, those first that stand for a backup each. */
    private List<ObjectRead> objects() {
        Set<StoredObject> main = record.recoveryPoint().map(RecoveryPoint::backups).orElse(Map.of()).values().stream()
                .map(Backup::object)
                .collect(Collectors.toSet());
        return record.objectsRead().stream()
                .sorted(Comparator.comparing((ObjectRead read) -> !main.contains(read.before())))
                .toList();
    }

    private List<String> passed() {
        List<String> names = checks(
                check -> check.verdict() == Verdict.PASSED && check.findings().isEmpty());
        names.addAll(objectives(true));
        return names;
    }

    private List<String> warned() {
        return checks(
                check -> check.verdict() == Verdict.PASSED && !check.findings().isEmpty());
    }

    private List<String> failed() {
        List<String> names = checks(check -> check.verdict() != Verdict.PASSED);
        names.addAll(objectives(false));
        return names;
    }

    private List<String> checks(Predicate<CheckResult> which) {
        return record.checks().stream()
                .filter(which)
                .map(CheckResult::name)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** Objectives are tests too; what was not measured is not met. */
    private List<String> objectives(boolean met) {
        List<String> names = new ArrayList<>();
        note("rpo", record.rpo(), met, names);
        note("rto", record.rto(), met, names);
        record.processes().forEach((process, figures) -> {
            note(process + " rpo", figures.rpo(), met, names);
            note(process + " rto", figures.rto(), met, names);
        });
        return names;
    }

    private static void note(String name, Figure figure, boolean met, List<String> names) {
        if (figure.target().isPresent() && figure.met().orElse(false) == met) {
            names.add(name);
        }
    }

    private static List<String> named(List<String> names, int most) {
        List<String> named = new ArrayList<>(
                names.stream().limit(most).map(TestResult::shortened).toList());
        if (names.size() > most) {
            named.add("and " + (names.size() - most) + " more, see " + Bundle.DOCUMENT);
        }
        return named;
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
    }
}
