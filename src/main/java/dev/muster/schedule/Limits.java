package dev.muster.schedule;

import java.time.Duration;

/**
 * How much a process does at once, and how long it is patient.
 *
 * @param atOnce the most drills that run in this process
 * @param scratchAtOnce the most scratches on this machine, the kept ones included, with which a drill still begins
 * @param grace how long running drills may go on when the process is asked to end
 * @param approvalWithin how long a drill waits for somebody to approve it
 */
public record Limits(int atOnce, int scratchAtOnce, Duration grace, Duration approvalWithin) {
    public static final Limits USUAL = new Limits(2, 8, Duration.ofMinutes(5), Duration.ofDays(1));
}
