package dev.muster.check.filestore;

import dev.muster.check.Answer;
import dev.muster.check.Subject;
import dev.muster.check.filestore.Inspected.Condition;
import dev.muster.drill.Finding;
import dev.muster.drill.Problem;
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
        Tally files,
        Tally embedded,
        long elsewhere,
        StoreFolder.Contents contents) {

    Answer answer() {
        Map<String, String> observations = observations();
        long faults = files.faults() + embedded.faults();
        if (faults > 0) {
            return Answer.failed(atFault(faults), observations).with(findings());
        }
        if (files.count(Condition.SOUND) + embedded.count(Condition.SOUND) == 0) {
            return Answer.couldNotRun(nothingProven(), observations).with(findings());
        }
        return Answer.passed(observations).with(findings());
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
        seen.put(
                "files that no row names",
                (contents.files() - files.present()) + " (" + (contents.bytes() - files.bytes()) + " bytes)");
        seen.put("links and other entries, not followed", String.valueOf(contents.links()));
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

    private static String orderOfCopies() {
        return "They may have been written while the filestore was already being copied. Dump the database first and copy"
                + " the filestore after it; then every file is there. Look for these files in production's filestore: if"
                + " they are not there either, fetch them from the newest backup that still holds them.";
    }

    private static String lookFor() {
        return "Look for these files in production's filestore. If they are sound there, choose another filestore backup"
                + " with --backup filestore=KEY and repair the job that copies them; if not, fetch them from the newest"
                + " backup that still holds them.";
    }

    private Problem nothingProven() {
        return new Problem(
                "No attachment could be proven: " + register.table() + " names " + files.files() + " files, and none of"
                        + " them could be compared with a recorded SHA-1",
                "database " + subject.restoredDatabase().name() + ", filestore " + folder.root(),
                "Check that the runbook's database and filestore belong to the same system and moment; take the check"
                        + " out if the system has no attachments.");
    }

    private List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        long unproven = files.count(Condition.UNPROVEN) + embedded.count(Condition.UNPROVEN);
        if (unproven > 0) {
            findings.add(new Finding(
                    Finding.Severity.MAJOR,
                    new Problem(
                            unproven + " attachments have no recorded SHA-1, so their content is unproven",
                            "table " + register.table(),
                            "Write such attachments again in " + register.application()
                                    + ", which records the digest.")));
        }
        if (elsewhere > 0) {
            findings.add(new Finding(
                    Finding.Severity.MAJOR,
                    new Problem(
                            elsewhere + " attachments lie in an object store that this drill did not look at",
                            "table " + register.table(),
                            "Back that store up and drill it as well.")));
        }
        if (contents.links() > 0) {
            findings.add(new Finding(
                    Finding.Severity.MINOR,
                    new Problem(
                            contents.links() + " entries of the filestore are links or other special files",
                            folder.root().toString(),
                            "Find out who put them into production's filestore; " + register.application()
                                    + " makes none.")));
        }
        return findings;
    }
}
