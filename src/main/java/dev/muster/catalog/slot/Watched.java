package dev.muster.catalog.slot;

import java.time.Instant;

/**
 * A runbook whose slots count.
 *
 * @param since when it was first seen; nothing before that was ever due
 * @param plan what tells its schedule and calendars from other versions of them
 * @param sketched up to when its slots are known
 */
public record Watched(String runbook, String system, Instant since, String plan, Instant sketched) {}
