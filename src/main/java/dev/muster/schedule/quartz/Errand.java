package dev.muster.schedule.quartz;

import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Something that is done when it is due, by one process at a time. */
@DisallowConcurrentExecution
final class Errand implements Job {
    private static final Logger LOG = LoggerFactory.getLogger(Errand.class);

    private final Runnable work;

    Errand(Runnable work) {
        this.work = work;
    }

    @Override
    public void execute(JobExecutionContext context) {
        try {
            work.run();
        } catch (RuntimeException failed) {
            // It comes again; a trigger must not be lost to one failure.
            LOG.error("{} failed: {}", context.getJobDetail().getKey().getName(), failed.getMessage(), failed);
        }
    }
}
