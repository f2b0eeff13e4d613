package dev.muster.runbook;

import dev.muster.runbook.yaml.Entry;
import dev.muster.runbook.yaml.Spelling;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What must hold among the backups that a runbook names. */
final class BackupRules {
    /** The formats that keep the log beside the backups. */
    private static final Set<String> WITH_LOG = Set.of("pgbackrest", "barman", "wal-g");

    private final Entry backups;
    private final Set<String> vaults;

    BackupRules(Entry root, Set<String> vaults) {
        this.backups = root.at("backups");
        this.vaults = vaults;
    }

    List<Misprint> misprints() {
        List<Misprint> misprints = new ArrayList<>();
        backups.entries().forEach((asset, backup) -> {
            vault(backup.at("vault")).ifPresent(misprints::add);
            within(asset, backup.at("within")).ifPresent(misprints::add);
            matching(asset, backup.at("select")).ifPresent(misprints::add);
            wal(backup).ifPresent(misprints::add);
            withoutLog(backup).ifPresent(misprints::add);
            target(backup.at("target")).ifPresent(misprints::add);
            stanza(backup).ifPresent(misprints::add);
            replica(backup).ifPresent(misprints::add);
            previous(asset, backup).ifPresent(misprints::add);
            misprints.addAll(new PrefixRules(backup).misprints());
        });
        return misprints;
    }

    private Optional<Misprint> vault(Entry vault) {
        return vault.text()
                .filter(name -> !name.isEmpty() && !vaults.contains(name))
                .map(name -> vault.misprint(
                        "`" + vault.path() + "` is `" + name + "`, which is no vault in the settings",
                        vaults.isEmpty()
                                ? "The settings name no vault at all; describe it under `vaults:` in muster.yaml."
                                : new Spelling(vaults.stream().sorted().toList()).advice(name)));
    }

    private Optional<Misprint> replica(Entry backup) {
        Entry vault = backup.at("promises").at("replica").at("vault");
        return vault(vault)
                .or(
                        () -> vault.text()
                                .filter(name -> backup.at("vault").text().equals(Optional.of(name)))
                                .map(
                                        name -> vault.misprint(
                                                "`" + vault.path()
                                                        + "` is the vault that the backups themselves lie in",
                                                "A replica is in a vault of its own, best in another region or with another provider.")));
    }

    private static Optional<Misprint> previous(String asset, Entry backup) {
        boolean walksBack = backup.at("onFailure").text().equals(Optional.of("previous"));
        boolean fromElsewhere = backup.at("select")
                .text()
                .filter(select -> select.equals("oldest") || select.equals("random"))
                .isPresent();
        return walksBack && fromElsewhere
                ? Optional.of(backup.at("onFailure")
                        .misprint(
                                "There is no previous backup of the " + asset
                                        + " to walk back to from the oldest, or from" + " one that is drawn",
                                "Write `onFailure: stop`, or select the newest."))
                : Optional.empty();
    }

    private Optional<Misprint> within(String asset, Entry within) {
        return within.text().flatMap(holder -> {
            Entry other = backups.at(holder);
            if (holder.equals(asset)) {
                return Optional.of(within.misprint(
                        "`backups." + asset + "` lies within itself",
                        "Name the asset whose backup holds this one too."));
            }
            if (!other.present()) {
                return Optional.of(within.misprint(
                        "`" + within.path() + "` is `" + holder + "`, which has no entry in `backups`",
                        "Describe `backups." + holder + "`, or say where the backups of the " + asset + " lie."));
            }
            if (asset.equals("configuration") || !other.at("format").text().equals(Optional.of("odoo-zip"))) {
                return Optional.of(within.misprint(
                        "The backup of the " + holder + " does not hold the " + asset + " too",
                        "Only `format: odoo-zip` holds two assets, database and filestore."
                                + " Say where the backups of the " + asset + " lie."));
            }
            return Optional.<Misprint>empty();
        });
    }

    private static Optional<Misprint> stanza(Entry backup) {
        if (isFormat(backup, Set.of("pgbackrest")) && !backup.at("stanza").present()) {
            return Optional.of(backup.at("format")
                    .misprint(
                            "`" + backup.path() + "` lacks the stanza of the repository",
                            "Add `stanza: NAME`, as pgbackrest.conf on the server names it in brackets."));
        }
        return backup.at("stanza").present() && !isFormat(backup, Set.of("pgbackrest"))
                ? Optional.of(backup.at("stanza")
                        .misprint(
                                "Only a repository of pgBackRest has stanzas",
                                "Remove `stanza`, or say `format: pgbackrest` if that is what the backups are."))
                : Optional.empty();
    }

    private static Optional<Misprint> wal(Entry backup) {
        if (!backup.at("wal").present() || isFormat(backup, Set.of("pg-basebackup"))) {
            return Optional.empty();
        }
        return Optional.of(
                isFormat(backup, WITH_LOG)
                        ? backup.at("wal")
                                .misprint(
                                        "Backups of this format have their write-ahead log beside them, below `prefix`",
                                        "Remove `wal`.")
                        : backup.at("wal")
                                .misprint(
                                        "Only a base backup is brought forward by a write-ahead log",
                                        "Remove `wal`, or say `format: pg-basebackup` if that is what the backups"
                                                + " are."));
    }

    private static Optional<Misprint> withoutLog(Entry backup) {
        boolean log = backup.at("wal").present() || isFormat(backup, WITH_LOG);
        return backup.at("target").present() && !log
                ? Optional.of(backup.at("target")
                        .misprint(
                                "There is no write-ahead log here that could be replayed to a target",
                                "Remove `target`, or say under `wal` where the log of the base backups is archived."))
                : Optional.empty();
    }

    private static boolean isFormat(Entry backup, Set<String> formats) {
        return backup.at("format").text().filter(formats::contains).isPresent();
    }

    private static Optional<Misprint> target(Entry target) {
        return target.text()
                .filter(text -> text.startsWith("time "))
                .filter(text -> !isInstant(text.substring("time ".length()).strip()))
                .map(text -> target.misprint(
                        "`" + target.path() + "` is no instant",
                        "Write it with its zone, such as time 2026-11-21T05:52:29Z."));
    }

    private static boolean isInstant(String text) {
        try {
            Instant.parse(text);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private Optional<Misprint> matching(String asset, Entry select) {
        boolean nothingToMatch =
                asset.equals("database") || !backups.at("database").present();
        return select.text()
                .filter(choice -> choice.equals("matching") && nothingToMatch)
                .map(choice -> select.misprint(
                        "There is no other backup of a database that the " + asset + " could match",
                        "Write `select: newest`, or leave `select` out."));
    }
}
