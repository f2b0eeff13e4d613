package dev.muster.evidence.record;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A record as it lies in a bundle, with names for the places in it that are read. */
public record WrittenRecord(JsonNode document) {

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

    public JsonNode scenario() {
        return document.path("scenario");
    }

    public JsonNode timeline() {
        return document.path("timeline").path("entries");
    }

    public JsonNode recoveryPoint() {
        return document.path("recoveryPoint");
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
