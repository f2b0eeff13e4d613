package dev.muster.orchestrator.followup;

import dev.muster.drill.EventKind;
import dev.muster.drill.LedgerEvent;
import dev.muster.drill.Problem;
import dev.muster.evidence.followup.FollowUp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Evidence that lacks something that it should have.
 *
 * @param reason why it was not there at the time
 * @param draft the digest of the unsigned draft, where the signature is missing
 */
public record Incomplete(String drill, Missing missing, String reason, Optional<String> draft) {
    /** What can be missing. */
    public enum Missing {
        SIGNATURE,
        TIMESTAMP
    }

    /** What to do about it. */
    public Problem problem() {
        return new Problem(
                "The evidence lacks its " + missing.name().toLowerCase(Locale.ROOT) + ": " + reason,
                drill,
                "Mend that, then run `muster evidence complete " + drill + "`.");
    }

    /** What the ledger knows to be incomplete, the oldest first. */
    static List<Incomplete> in(List<LedgerEvent> events) {
        Map<String, Incomplete> unsigned = new LinkedHashMap<>();
        Map<String, Incomplete> untimed = new LinkedHashMap<>();
        for (LedgerEvent event : events) {
            Map<String, String> details = event.details();
            String drill = event.drill();
            boolean ended = event.kind().terminal();
            if (ended && details.containsKey("draft sha256")) {
                String reason = Objects.requireNonNullElse(details.get("evidence"), "");
                unsigned.put(
                        drill,
                        new Incomplete(
                                drill, Missing.SIGNATURE, reason, Optional.ofNullable(details.get("draft sha256"))));
            }
            if (event.kind() == EventKind.EVIDENCE_COMPLETED && details.containsKey("bundle sha256")) {
                unsigned.remove(drill);
            }
            if ((ended || event.kind() == EventKind.EVIDENCE_COMPLETED) && details.containsKey("timestamp")) {
                String reason = Objects.requireNonNullElse(details.get("timestamp"), "");
                untimed.put(drill, new Incomplete(drill, Missing.TIMESTAMP, reason, Optional.empty()));
            }
            if (event.kind() == EventKind.EVIDENCE_COMPLETED && details.containsKey(FollowUp.DIGEST)) {
                untimed.remove(drill);
            }
        }
        List<Incomplete> all = new ArrayList<>(unsigned.values());
        all.addAll(untimed.values());
        return List.copyOf(all);
    }
}
