package dev.muster.schedule;

import dev.muster.catalog.Catalog;
import dev.muster.schedule.quartz.Clockwork;
import dev.muster.schedule.queue.Filling;
import dev.muster.schedule.queue.Shift;
import java.net.URI;

/** What runs for years with nobody watching: the schedule, and the drills that come from it and from people. */
public final class Duty implements AutoCloseable {
    private final Shift shift;
    private final Clockwork clockwork;

    /**
     * Gets ready; nothing begins yet.
     *
     * @param heartbeat what is done once a day to show that Muster is awake
     * @param tidying what is done once an hour so that nothing piles up
     */
    public Duty(Catalog catalog, Shift shift, Filling filling, Runnable heartbeat, Runnable tidying) {
        this.shift = shift;
        this.clockwork = new Clockwork(catalog, shift.process(), filling::look, heartbeat, tidying);
    }

    /**
     * Begins.
     *
     * @param pages where this process shows what it does
     */
    public void start(URI pages) {
        shift.start(pages);
        clockwork.start();
    }

    /** From now on no drill begins in this process; how many still run. */
    public int beginNothingMore() {
        return shift.beginNothingMore();
    }

    /** Does not wait any longer for what runs. */
    public void hurry() {
        shift.hurry();
    }

    /** Begins nothing new, lets what runs go on for its time of grace, and then stops it in order, with evidence. */
    @Override
    public void close() {
        clockwork.close();
        try {
            shift.end();
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }
}
