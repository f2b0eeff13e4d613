package dev.muster.evidence;

import dev.muster.drill.Attempt;
import dev.muster.drill.CheckResult;
import dev.muster.drill.DrillRecord;
import dev.muster.evidence.record.Json;
import dev.muster.evidence.record.Section;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** Every check on a line of its own, with all that it observed: for programs that read more than reports show. */
final class Observations {
    private Observations() {}

    static byte[] of(DrillRecord record, Masking masking) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (Attempt attempt : record.attempts()) {
            attempt.checks().forEach(check -> add(check, attempt.number(), masking, lines));
        }
        record.checks().forEach(check -> add(check, null, masking, lines));
        return lines.toByteArray();
    }

    /** @param attempt the one that the drill walked back from; null for what it came to in the end */
    private static void add(
            CheckResult check, @Nullable Integer attempt, Masking masking, ByteArrayOutputStream lines) {
        lines.writeBytes(Json.compact(masking.masked(new Section()
                .with("name", check.name())
                .with("step", check.step())
                .with("attempt", attempt)
                .with("started", check.started())
                .with("finished", check.finished())
                .with("verdict", check.verdict().name())
                .with("observations", check.observations())
                .values())));
        lines.write('\n');
    }
}
