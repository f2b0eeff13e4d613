package dev.muster.evidence.control;

import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The sections of a record, and what to say of one that holds nothing this time. */
enum RecordSection {
    S0("Record control"),
    S1("Verdict"),
    S2("Scope"),
    S3("Scenario and segregation"),
    S4("Objectives"),
    S5("People", "nobody is named beside who ran it", "/people/planner /people/approver /people/reviewer"),
    S6("Timeline", "nothing was begun in this drill", "/timeline/entries"),
    S7("Recovery point", "no recovery point was chosen in this drill", "/recoveryPoint/backups"),
    S8(
            "Measurements",
            "nothing was measured in this drill",
            "/measurements/rpo/achievedSeconds /measurements/rto/achievedSeconds"),
    S9("Integrity", "no check of the data was reached in this drill", "/integrity/checks"),
    S10("Workflows", "no workflow was run in this drill", "/workflows/checks"),
    S11("Deviations and findings"),
    S12("Corrective actions", "no action was noted when this record was signed", "/actions/noted"),
    S13("Teardown", "there is no receipt for the removal of a scratch", "/teardown/receipt"),
    S14("Review", "nobody had signed this record off when it was written", "/review/signedOff"),
    S15("Programme", "no line of the ledger came with this record", "/programme/ledger");

    private final String title;
    private final String absence;
    private final String places;

    RecordSection(String title) {
        this(title, "", "");
    }

    /**
     * A section.
     *
     * @param absence what to say when none of the places holds anything
     * @param places JSON pointers, with spaces between them
     */
    RecordSection(String title, String absence, String places) {
        this.title = title;
        this.absence = absence;
        this.places = places;
    }

    String title() {
        return title;
    }

    /** Why the section supports nothing in this record; empty when it holds something. */
    Optional<String> missing(JsonNode record) {
        Stream<JsonNode> found = Stream.of(places.split(" ", -1)).map(record::at);
        return places.isEmpty() || found.anyMatch(RecordSection::holdsSomething)
                ? Optional.empty()
                : Optional.of(absence);
    }

    private static boolean holdsSomething(JsonNode node) {
        return !node.isMissingNode() && !node.isNull() && !(node.isContainer() && node.isEmpty());
    }
}
