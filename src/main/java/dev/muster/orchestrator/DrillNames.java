package dev.muster.orchestrator;

import dev.muster.drill.DrillRequest;
import dev.muster.drill.QueuedDrill;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;

/** How drills are called, and what the ledger is told of them before anything is touched. */
public final class DrillNames {
    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

    private DrillNames() {}

    /** A name that sorts by time within a runbook and can be said on the telephone. */
    public static String next(String runbook, Clock clock) {
        SecureRandom random = new SecureRandom();
        StringBuilder tail = new StringBuilder();
        for (int letter = 0; letter < 4; letter++) {
            tail.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return runbook + "-" + INSTANT.format(clock.instant()) + "-" + tail;
    }

    /**
     * The plan as far as it can be promised beforehand: runbook, rule of choice, disaster instant, and whose process.
     * Where a backup is drawn at random, the drill's own name is the seed: nobody chooses it, and each drill leaves one.
     */
    static Map<String, String> planned(String drill, DrillRequest request) {
        Map<String, String> details = new TreeMap<>(Owner.ofThisProcess().details());
        details.put("runbook", request.runbook().name());
        details.put("runbook sha256", request.runbook().sha256());
        details.put("system", request.runbook().system());
        details.put("disaster", request.disaster().toString());
        details.put("requested by", request.requestedBy());
        details.put("trigger", request.trigger().name());
        request.queued().ifPresent(queued -> details.putAll(queued(queued)));
        request.choices().forEach((asset, rule) -> details.put("choice " + asset.label(), rule));
        if (request.drawsLots()) {
            details.put("seed", drill);
        }
        request.overrides().forEach((key, value) -> details.put("set " + key, value));
        return details;
    }

    /** What the queue knows of a drill before it begins. */
    static Map<String, String> queued(QueuedDrill queued) {
        Map<String, String> details = new TreeMap<>();
        queued.slot().ifPresent(slot -> details.put("slot", slot.toString()));
        queued.approvedBy().ifPresent(by -> details.put("approved by", by));
        return details;
    }
}
