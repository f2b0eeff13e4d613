package dev.muster.check.filestore;

import dev.muster.check.Answer;
import dev.muster.check.Subject;
import dev.muster.check.filestore.Inspected.Condition;
import dev.muster.drill.Finding;
import dev.muster.drill.Problem;
import dev.muster.drill.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the database names and what was found of it.
 *
 * @param embedded contents that lie in the database itself
 * @param elsewhere rows whose content lies in neither
 */
record Inventory(
        FileRegister register,
        Subject subject,
        StoreFolder folder,
        Skew skew,
        Tally files,
        Tally embedded,
        long elsewhere) {

    Answer answer() {
        Map<String, String> observations = observations();
        long faults = files.faults() + embedded.faults();
        if (faults > files.late() || !skewTolerated()) {
            return Answer.failed(atFault(faults), observations).with(findings());
        }
        if (files.count(Condition.SOUND) + files.count(Condition.SIZED) + embedded.count(Condition.SOUND) == 0) {
            return Answer.couldNotRun(nothingProven(), observations).with(findings());
        }
        return Answer.passed(observations).with(findings());
    }

    private boolean skewTolerated() {
        return files.late() == 0 || skew.tolerates(files.late());
    }

    private Map<String, String> observations() {
        Map<String, String> seen = new LinkedHashMap<>();
        seen.put("files named", String.valueOf(files.files()));
        seen.put("rows that name them", String.valueOf(files.rows()));
        seen.put("rows that share a file", String.valueOf(files.rows() - files.files()));
        seen.put("bytes read", String.valueOf(files.bytes()));
        for (Condition condition : Condition.values()) {
            seen.put(condition.words(), String.valueOf(files.count(condition)));
        }
        seen.put(Tally.MISSING_AND_YOUNG, String.valueOf(files.late()));
        seen.put("contents in the database", String.valueOf(embedded.files()));
        seen.put("bytes in the database", String.valueOf(embedded.bytes()));
        seen.put("contents in the database sound", String.valueOf(embedded.count(Condition.SOUND)));
        seen.put("rows with content elsewhere", String.valueOf(elsewhere));
        seen.put("skew", skew.described());
        seen.put("skew that the runbook allows", skew.allowed());
        seen.put("digest", register.digest().orElse("none recorded"));
        return seen;
    }

    private Problem atFault(long faults) {
        List<String> examples = new ArrayList<>(files.firstFaults());
        examples.addAll(embedded.firstFaults());
        String shown = String.join("; ", examples.subList(0, Math.min(examples.size(), 10)));
        return new Problem(
                faults + " of " + (files.files() + embedded.files())
                        + " attachments did not come back as the database records them",
                faults > 10 ? shown + "; and " + (faults - 10) + " more" : shown,
                files.late() == faults ? orderOfCopies() : lookFor());
    }

    private String orderOfCopies() {
        return "They may have been written while the filestore was already being copied; database and filestore lie "
                + skew.length().map(length -> new Span(length.abs()).toString()).orElse("an unknown time")
                + " apart, and the runbook allows " + skew.allowed()
                + ". Dump the database first and copy the filestore after it; then every file is there. Look for these"
                + " files in production's filestore: if they are not there either, fetch them from the newest backup that"
                + " still holds them.";
    }

    private String lookFor() {
        String collected = skew.filesLast() && files.count(Condition.MISSING) > 0
                ? " If they are missing because production deleted them after the database's dump and before the filestore"
                        + " was copied, nothing but an older filestore has them."
                : "";
        return "Look for these files in production's filestore. If they are sound there, choose another filestore backup"
                + " with --backup filestore=KEY and repair the job that copies them; if not, fetch them from the newest"
                + " backup that still holds them." + collected;
    }

    private Problem nothingProven() {
        return new Problem(
                "No attachment could be proven: " + register.source() + " names " + files.files()
                        + " files, and none of them could be compared with a recorded digest",
                "database " + subject.restoredDatabase().name() + ", filestore " + folder.root(),
                "Check that the runbook's database and filestore belong to the same system and moment; take the check"
                        + " out if the system has no attachments.");
    }

    private List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        long unproven = files.count(Condition.UNPROVEN) + embedded.count(Condition.UNPROVEN);
        if (unproven > 0) {
            findings.add(major(
                    unproven + " attachments have no recorded digest, so their content is unproven",
                    "Write such attachments again in " + register.application() + ", which records the digest."));
        }
        if (files.count(Condition.SIZED) > 0) {
            findings.add(major(
                    "The content of " + files.count(Condition.SIZED)
                            + " files is unproven: only their size was compared, since no digest is recorded",
                    "Let the application record a digest of each file, and give it with \"digest:\" in the runbook."));
        }
        if (elsewhere > 0) {
            findings.add(major(
                    elsewhere
                            + " attachments lie elsewhere, such as in an object store, which this drill did not look at",
                    "Back that store up and drill it as well."));
        }
        if (files.late() > 0 && skewTolerated()) {
            findings.add(major(
                    files.late()
                            + " attachments are missing because the filestore is older than the database, which the"
                            + " runbook tolerates: " + String.join("; ", files.firstFaults()),
                    "Dump the database first and copy the filestore after it; then every file is there."));
        }
        return findings;
    }

    private Finding major(String what, String remedy) {
        return new Finding(Finding.Severity.MAJOR, new Problem(what, register.source(), remedy));
    }
}
