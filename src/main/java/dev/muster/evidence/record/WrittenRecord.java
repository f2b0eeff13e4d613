package dev.muster.evidence.record;

import dev.muster.drill.DrillRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A record as it lies in a bundle, with names for the places in it that are read. */
public record WrittenRecord(JsonNode document) {

    /** A drill as its record has it before evidence is made of it. */
    public static WrittenRecord of(DrillRecord record) {
        RecordDocument document = new RecordDocument(record, List.of(), new Section(), false);
        return new WrittenRecord(Json.read(Json.compact(document.with(new Section(), Optional.empty(), List.of())))
                .orElseThrow());
    }

    public String schema() {
        return document.path("schema").asString("");
    }

    public String drill() {
        return document.path("recordControl").path("id").asString("");
    }

    public String verdict() {
        return document.path("verdict").path("verdict").asString("");
    }

    public JsonNode runbook() {
        return document.path("recordControl").path("runbook");
    }

    public String system() {
        return document.path("scope").path("system").asString("");
    }

    public JsonNode people() {
        return document.path("people");
    }

    public JsonNode supersedes() {
        return document.path("recordControl").path("supersedes");
    }

    /** What stopped or broke the drill apart from its checks. */
    public JsonNode problems() {
        return document.path("findings").path("problems");
    }

    /** What was proven of the checks; null or missing when nothing was. */
    public JsonNode detection() {
        return document.path("findings").path("detection");
    }

    /** What the faults of a proof were drawn with; null or missing when none were made. */
    public JsonNode faultSeed() {
        return detection().path("seed");
    }

    public JsonNode scenario() {
        return document.path("scenario");
    }

    /** What the drill ran on and with. */
    public JsonNode environment() {
        return scenario().path("environment");
    }

    /** When the drill was planned, started and finished, and how long each stage took. */
    public JsonNode ran() {
        return document.path("timeline");
    }

    public JsonNode timeline() {
        return ran().path("entries");
    }

    public JsonNode recoveryPoint() {
        return document.path("recoveryPoint");
    }

    /** The attempts that the drill walked back from. */
    public JsonNode attempts() {
        return recoveryPoint().path("attempts");
    }

    public JsonNode objectsRead() {
        return recoveryPoint().path("objectsRead");
    }

    /** Figures by process, with {@code rpo} and {@code rto} of the whole system beside them. */
    public JsonNode measurements() {
        return document.path("measurements");
    }

    /** Each objective of the first page. */
    public JsonNode objectives() {
        return document.path("verdict").path("objectives");
    }

    /** Every check, those of workflows last. */
    public List<JsonNode> checks() {
        List<JsonNode> checks = new ArrayList<>();
        for (String section : List.of("integrity", "workflows")) {
            document.path(section).path("checks").forEach(checks::add);
        }
        return List.copyOf(checks);
    }

    /** What the record does not show, in sentences. */
    public List<String> doesNotShow() {
        return document.path("verdict")
                .path("doesNotShow")
                .valueStream()
                .map(sentence -> sentence.asString(""))
                .toList();
    }

    /** The digests of the drill's lines in the ledger. */
    public List<String> ledgerDigests() {
        return document.path("programme")
                .path("ledger")
                .valueStream()
                .map(event -> event.path("digest").asString(""))
                .toList();
    }
}
