package dev.muster.drill;

/** The backup of one asset that a drill restores. Two assets may lie within one object. */
public record Backup(Asset asset, BackupSource source, StoredObject object, Reading claimed) {}
