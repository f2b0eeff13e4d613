package dev.muster.drill;

import java.time.ZoneId;
import java.util.List;

/** When a runbook is due. */
public record SchedulePlan(String cron, ZoneId zone, List<String> avoid) {
    public SchedulePlan {
        avoid = List.copyOf(avoid);
    }
}
