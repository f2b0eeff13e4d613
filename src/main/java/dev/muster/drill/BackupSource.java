package dev.muster.drill;

import java.time.ZoneId;
import java.util.Optional;

/**
 * Where the backups of one asset lie and how one of them is chosen.
 *
 * @param name a pattern with {@code *} and {@code ?} that the object's name must match
 * @param zone the zone of the clock that made the backup; dump headers hold local time without one
 * @param within the asset whose backup holds this one too, as an Odoo ZIP holds database and filestore
 * @param log the write-ahead log that follows the backups
 * @param stanza the name under which a repository keeps them, where it keeps several
 * @param key the reference to the secret that opens them, and never that secret itself
 * @param openssl how they were encrypted, where that was done by {@code openssl enc}
 * @param promises what was promised about them as they lie in the vault
 * @param onFailure what a drill does when the one that it chose cannot be restored
 */
public record BackupSource(
        Asset asset,
        String vault,
        BackupFormat format,
        String prefix,
        Optional<String> name,
        Selection select,
        ZoneId zone,
        Optional<Asset> within,
        Optional<LogSource> log,
        Optional<String> stanza,
        Optional<String> key,
        OpensslCipher openssl,
        Promises promises,
        OnFailure onFailure) {

    public BackupSource(
            Asset asset,
            String vault,
            BackupFormat format,
            String prefix,
            Optional<String> name,
            Selection select,
            ZoneId zone,
            Optional<Asset> within,
            Optional<LogSource> log,
            Optional<String> stanza,
            Optional<String> key) {
        this(
                asset,
                vault,
                format,
                prefix,
                name,
                select,
                zone,
                within,
                log,
                stanza,
                key,
                OpensslCipher.USUAL,
                Promises.NONE,
                OnFailure.STOP);
    }

    public BackupSource(
            Asset asset,
            String vault,
            BackupFormat format,
            String prefix,
            Optional<String> name,
            Selection select,
            ZoneId zone,
            Optional<Asset> within) {
        this(
                asset,
                vault,
                format,
                prefix,
                name,
                select,
                zone,
                within,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
