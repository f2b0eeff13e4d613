package dev.muster.app;

import dev.muster.backup.VaultSettings;
import dev.muster.drill.Secret;
import dev.muster.evidence.report.Presentation;
import dev.muster.people.SessionRules;
import dev.muster.people.signon.SignOnSettings;
import dev.muster.runbook.Misprints;
import dev.muster.schedule.Limits;
import dev.muster.scratch.kubernetes.ClusterSettings;
import dev.muster.signing.KeySource;
import dev.muster.signing.KeyUse;
import dev.muster.signing.WitnessKey;
import dev.muster.signing.timestamp.TimestampSettings;
import dev.muster.telling.Receiver;
import dev.muster.web.Listening;
import java.net.URI;
import java.nio.file.Path;
import java.time.Period;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How this installation of Muster is set up; all paths are absolute.
 *
 * @param file the file the settings were read from; absent when there was none
 * @param home the folder for catalog, ledger, evidence and keys
 * @param runbooks the folder that holds the runbooks
 * @param catalog where drills are remembered
 * @param kubernetes the cluster that scratches may be opened in
 * @param programs where programs lie that runbooks start, by the name that they have there
 * @param keys where the keys lie that Muster did not make
 * @param timestamp the authority that says when evidence was signed
 * @param approvers the file of those who may approve runbooks and sign off drills
 * @param report how reports write dates and numbers, and for which paper
 * @param calendars the folder of calendars of windows in which no drill starts
 * @param alarm an address that is called as long as all is well
 * @param drills how many run at once, and how long is waited for
 * @param listening where the service listens
 * @param comingIn how people come into the service
 * @param receivers who is told of what happened
 * @param secrets the folder in which {@code ${secret:NAME}} finds its files
 */
public record Settings(
        Optional<Path> file,
        Path home,
        Path runbooks,
        Map<String, VaultSettings> vaults,
        CatalogPlace catalog,
        Optional<Path> secrets,
        ScratchPlace scratch,
        Optional<ClusterSettings> kubernetes,
        Map<String, Path> programs,
        Map<KeyUse, KeySource> keys,
        Organisation organisation,
        Optional<TimestampSettings> timestamp,
        Optional<Path> approvers,
        Presentation report,
        OutsideLedger ledger,
        Path calendars,
        Optional<Hook> alarm,
        Limits drills,
        Listening listening,
        ComingIn comingIn,
        List<Receiver> receivers) {
    public Settings {
        vaults = Collections.unmodifiableMap(new LinkedHashMap<>(vaults));
        programs = Map.copyOf(programs);
        keys = Map.copyOf(keys);
        receivers = List.copyOf(receivers);
    }

    /**
     * The database in which drills are remembered.
     *
     * @param url its JDBC address
     * @param password looked up when the database is opened
     */
    public record CatalogPlace(String url, Optional<String> user, Optional<Supplier<Secret>> password) {
        static CatalogPlace file(String url) {
            return new CatalogPlace(url, Optional.empty(), Optional.empty());
        }
    }

    /**
     * Where scratches are opened on this machine.
     *
     * @param folder absent means where {@code Scratches} puts them by itself
     * @param user the user that PostgreSQL runs as when Muster itself runs as root
     */
    public record ScratchPlace(Optional<Path> folder, Optional<String> user) {}

    /**
     * Who the evidence is for.
     *
     * @param templates a folder of templates that take the place of the shipped ones
     */
    public record Organisation(Optional<String> name, Optional<Path> templates) {}

    /**
     * How people come into the service.
     *
     * @param signOn absent when they sign in with a password alone
     */
    public record ComingIn(SessionRules session, Optional<SignOnSettings> signOn) {
        /** By password, for as long as usual. */
        public static final ComingIn USUAL = new ComingIn(SessionRules.USUAL, Optional.empty());
    }

    /**
     * Where the ledger's checkpoints go, and who co-signs them.
     *
     * @param copies in the order of the file
     */
    public record OutsideLedger(List<CopyPlace> copies, List<WitnessPlace> witnesses) {
        /** The ledger is kept in the home alone. */
        public static final OutsideLedger NONE = new OutsideLedger(List.of(), List.of());

        public OutsideLedger {
            copies = List.copyOf(copies);
            witnesses = List.copyOf(witnesses);
        }
    }

    /**
     * Where copies of checkpoints are put: exactly one of the three.
     *
     * @param prefix below what in the vault
     * @param lock how long the vault must keep them as they are
     */
    public record CopyPlace(
            Optional<String> vault, String prefix, Optional<Period> lock, Optional<Path> folder, Optional<Hook> hook) {}

    /**
     * An address at a service of somebody else.
     *
     * @param name the address without what may be secret in it
     */
    public record Hook(String name, Supplier<Secret> address) {}

    /** A witness of transparency logs. */
    public record WitnessPlace(URI url, WitnessKey key) {}

    /**
     * Reads the settings: from the file that was named, else from {@code muster.yaml} here, else from
     * {@code config/muster.yaml}, else takes what holds without any.
     *
     * @throws Misprints with everything that is wrong in the file
     */
    public static Settings read(Optional<Path> configFile, Optional<Path> homeOverride, Map<String, String> environment)
            throws Misprints {
        return read(configFile, homeOverride, environment, Path.of(""));
    }

    static Settings read(
            Optional<Path> configFile, Optional<Path> homeOverride, Map<String, String> environment, Path here)
            throws Misprints {
        return new SettingsReader(environment, here).read(configFile, homeOverride);
    }
}
