package dev.muster.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still, or goes on by a step whenever it is read, until a test turns it. */
public final class TurnedClock extends Clock {
    private final Duration step;
    private Instant now;

    private TurnedClock(Instant begin, Duration step) {
        this.now = begin;
        this.step = step;
    }

    /** A clock that stands still. */
    public static TurnedClock at(Instant begin) {
        return new TurnedClock(begin, Duration.ZERO);
    }

    /** A clock that shows another second each time. */
    public static TurnedClock ticking(Instant begin) {
        return new TurnedClock(begin, Duration.ofSeconds(1));
    }

    /** Turns it to an instant. */
    public synchronized void to(Instant instant) {
        now = instant;
    }

    /** Turns it on by this much. */
    public synchronized void turn(Duration by) {
        now = now.plus(by);
    }

    /** Turns it on by days. */
    public synchronized void days(int days) {
        now = now.plus(Duration.ofDays(days));
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    @Override
    public synchronized Instant instant() {
        now = now.plus(step);
        return now;
    }
}
