package dev.muster.cli;

import dev.muster.catalog.Catalog;
import dev.muster.evidence.Evidence;
import dev.muster.ledger.Ledger;
import dev.muster.orchestrator.Conductor;
import dev.muster.orchestrator.Doctor;
import dev.muster.orchestrator.Planner;
import dev.muster.orchestrator.Reaper;
import dev.muster.orchestrator.baseline.BaselineMaking;
import dev.muster.orchestrator.followup.Exporting;
import dev.muster.orchestrator.followup.FollowingUp;
import dev.muster.orchestrator.outside.Safekeeping;
import dev.muster.orchestrator.rebuild.Rebuilding;
import dev.muster.people.People;
import dev.muster.runbook.Misprints;
import dev.muster.runbook.RunbookReader;
import dev.muster.runbook.library.Library;
import dev.muster.schedule.calendar.CalendarFolder;
import dev.muster.signing.KeyRing;
import java.nio.file.Path;
import java.util.Optional;

/** What the commands work with, put together from the settings when a command asks for it. */
public interface Workshop extends AutoCloseable {

    RunbookReader runbooks();

    /** The folder that holds the runbooks. */
    Path runbookFolder();

    /** The runbooks of that folder, those included that have mistakes now. */
    Library library();

    /** The calendars of windows in which no drill starts. */
    CalendarFolder calendars();

    Conductor conductor();

    BaselineMaking baselines();

    Planner planner();

    Reaper reaper();

    Doctor doctor();

    Catalog catalog();

    Ledger ledger();

    /** Keeps checkpoints of the ledger, here and outside. */
    Safekeeping safekeeping();

    Evidence evidence();

    FollowingUp followingUp();

    Exporting exporting();

    /** Makes the catalog anew from evidence. */
    Rebuilding rebuilding();

    /** Where bundles lie. */
    Path evidenceFolder();

    /** The keys that sign. */
    KeyRing keyRing();

    /** Where public keys lie, and the keys that Muster made. */
    Path keys();

    Path home();

    /** Who may come into the service. */
    People people();

    /**
     * Starts the service.
     *
     * @param port instead of the settings' own
     */
    Serving serve(Optional<Integer> port);

    @Override
    void close();

    /** Opens a workshop. */
    interface Opener {
        /**
         * Reads the settings and opens what they describe.
         *
         * @param config the settings file the user named
         * @param home the home folder the user named
         */
        Workshop open(Optional<Path> config, Optional<Path> home) throws Misprints;
    }
}
