package dev.muster.schedule.quartz;

import dev.muster.catalog.Catalog;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TimeZone;
import java.util.function.Supplier;
import org.quartz.CronScheduleBuilder;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.utils.DBConnectionManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Quartz, with its tables in the catalog: whatever is due is done by one of the processes that share it. What it forgets
 * or does twice harms nobody, since the slots in the catalog are the truth.
 */
public final class Clockwork implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Clockwork.class);
    private static final String LOOK = "look at the slots";
    private static final String HEARTBEAT = "heartbeat of the ledger";
    private static final String TIDYING = "tidying";
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(30);
    private static final int AFTER_MIDNIGHT = 7;

    private final Scheduler scheduler;
    private final Map<String, Runnable> errands = new HashMap<>();

    /**
     * Gets ready; nothing is done yet.
     *
     * @param process the name of this process
     * @param look looks at the slots, and knows when there is something to do next
     * @param heartbeat once a day
     * @param tidying once an hour
     */
    public Clockwork(
            Catalog catalog, String process, Supplier<Optional<Instant>> look, Runnable heartbeat, Runnable tidying) {
        errands.put(LOOK, () -> look.get().ifPresent(this::lookAt));
        errands.put(HEARTBEAT, heartbeat);
        errands.put(TIDYING, tidying);
        try {
            String source = "catalog of " + process;
            DBConnectionManager.getInstance().addConnectionProvider(source, new CatalogConnections(catalog));
            scheduler = new StdSchedulerFactory(properties(process, source)).getScheduler();
            scheduler.setJobFactory((fired, quartz) -> new Errand(Optional.ofNullable(
                            errands.get(fired.getJobDetail().getKey().getName()))
                    .orElseThrow(() -> new SchedulerException("no errand " + fired.getJobDetail()))));
        } catch (SchedulerException failed) {
            throw trouble(failed);
        }
    }

    private static Properties properties(String process, String source) {
        Properties properties = new Properties();
        properties.putAll(Map.ofEntries(
                Map.entry("org.quartz.scheduler.instanceName", "muster"),
                Map.entry("org.quartz.scheduler.instanceId", process),
                Map.entry("org.quartz.scheduler.skipUpdateCheck", "true"),
                Map.entry("org.quartz.scheduler.threadName", "clockwork"),
                Map.entry("org.quartz.scheduler.makeSchedulerThreadDaemon", "true"),
                Map.entry("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool"),
                Map.entry("org.quartz.threadPool.threadCount", "2"),
                Map.entry("org.quartz.threadPool.threadNamePrefix", "errand"),
                Map.entry("org.quartz.threadPool.makeThreadsDaemons", "true"),
                Map.entry("org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX"),
                // Its way with binary columns suits H2 as well.
                Map.entry("org.quartz.jobStore.driverDelegateClass", "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate"),
                Map.entry("org.quartz.jobStore.tablePrefix", "qrtz_"),
                Map.entry("org.quartz.jobStore.dataSource", source),
                Map.entry("org.quartz.jobStore.isClustered", "true"),
                Map.entry("org.quartz.jobStore.clusterCheckinInterval", "5000")));
        return properties;
    }

    /** From now on what is due is done. */
    public void start() {
        try {
            scheduler.scheduleJob(
                    job(LOOK),
                    Set.of(TriggerBuilder.newTrigger()
                            .withIdentity(LOOK)
                            .withSchedule(SimpleScheduleBuilder.repeatSecondlyForever((int) BETWEEN_LOOKS.toSeconds())
                                    .withMisfireHandlingInstructionNextWithRemainingCount())
                            .build()),
                    true);
            heartbeat();
            scheduler.scheduleJob(
                    job(TIDYING),
                    Set.of(TriggerBuilder.newTrigger()
                            .withIdentity(TIDYING)
                            .withSchedule(SimpleScheduleBuilder.repeatHourlyForever()
                                    .withMisfireHandlingInstructionNextWithRemainingCount())
                            .build()),
                    true);
            scheduler.start();
        } catch (SchedulerException failed) {
            throw trouble(failed);
        }
    }

    /** Left as it is when it is there: one that came while nobody was there is caught up with. */
    private void heartbeat() throws SchedulerException {
        if (!scheduler.checkExists(new TriggerKey(HEARTBEAT))) {
            Trigger daily = TriggerBuilder.newTrigger()
                    .withIdentity(HEARTBEAT)
                    .withSchedule(CronScheduleBuilder.dailyAtHourAndMinute(0, AFTER_MIDNIGHT)
                            .inTimeZone(TimeZone.getTimeZone("UTC"))
                            .withMisfireHandlingInstructionFireAndProceed())
                    .build();
            scheduler.scheduleJob(job(HEARTBEAT), Set.of(daily), true);
        }
    }

    private static JobDetail job(String name) {
        return JobBuilder.newJob(Errand.class).withIdentity(name).storeDurably().build();
    }

    /** A slot is due at a moment between two looks: somebody looks just then. */
    private void lookAt(Instant moment) {
        TriggerKey key = new TriggerKey("look at " + moment);
        try {
            if (!scheduler.checkExists(key)) {
                scheduler.scheduleJob(TriggerBuilder.newTrigger()
                        .withIdentity(key)
                        .forJob(new JobKey(LOOK))
                        .startAt(Date.from(moment))
                        .build());
            }
        } catch (SchedulerException failed) {
            LOG.warn("The slot at {} is noticed by the next look only: {}", moment, failed.getMessage());
        }
    }

    /** Does nothing any more, and waits for what is being done. */
    @Override
    public void close() {
        try {
            scheduler.shutdown(true);
        } catch (SchedulerException failed) {
            LOG.warn("Quartz could not be ended in order: {}", failed.getMessage());
        }
    }

    private static CouldNotRun trouble(SchedulerException failed) {
        return new CouldNotRun(
                new Problem(
                        "The schedule cannot be kept (" + failed.getMessage() + ")",
                        "",
                        "See that the catalog's database is up and that its user may change its tables."),
                failed);
    }
}
