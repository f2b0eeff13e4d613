package dev.muster.restore.files;

import dev.muster.backup.format.DumpHeader;
import dev.muster.drill.Asset;
import dev.muster.drill.BadBackup;
import dev.muster.drill.Reading;
import dev.muster.restore.sql.PlainDump;
import dev.muster.restore.work.Job;
import dev.muster.restore.work.Notes;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.Instant;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The ZIP that Odoo's database manager writes: the dump for the database, the folder for the filestore. */
public final class OdooZip {
    private static final String MANIFEST = "manifest.json";
    private static final String DUMP = "dump.sql";
    private static final int LARGEST_MANIFEST = 1 << 20;

    private final Job job;
    private final Notes notes;
    private final ZipFolder zip;

    private OdooZip(Job job, Notes notes, ZipFolder zip) {
        this.job = job;
        this.notes = notes;
        this.zip = zip;
    }

    public static void restore(Job job, Notes notes) throws IOException, SQLException, BadBackup, InterruptedException {
        try (ZipFolder zip = ZipFolder.open(job)) {
            new OdooZip(job, notes, zip).restore();
        }
    }

    private void restore() throws IOException, SQLException, BadBackup, InterruptedException {
        Asset asset = job.backup().asset();
        if (asset == Asset.CONFIGURATION) {
            throw job.cannot(
                    "A ZIP of Odoo's database manager holds no configuration",
                    "Take backups.configuration out of the runbook, or back the configuration up as a tar.");
        }
        JsonNode manifest = manifest();
        if (asset == Asset.DATABASE) {
            restoreDatabase(manifest.path("db_name").asString(""));
        } else {
            UnpackedFiles.settle(
                    job, notes, zip.unpack("filestore/", job.scratch().folder(asset.label())));
        }
    }

    private JsonNode manifest() throws IOException, BadBackup {
        ZipArchiveEntry entry = required(MANIFEST);
        byte[] text;
        try (InputStream content = zip.read(entry)) {
            text = content.readNBytes(LARGEST_MANIFEST);
        }
        try {
            JsonNode manifest = JsonMapper.shared().readTree(text);
            notes.fact("odoo version", manifest.path("version").asString("unknown"));
            notes.fact("odoo modules", manifest.path("modules").size());
            return manifest;
        } catch (JacksonException e) {
            throw job.bad("The entry " + MANIFEST + " is no JSON: " + e.getOriginalMessage());
        }
    }

    private void restoreDatabase(String name) throws IOException, SQLException, BadBackup, InterruptedException {
        ZipArchiveEntry dump = required(DUMP);
        DumpHeader header;
        try (InputStream content = zip.read(dump)) {
            header = DumpHeader.read(content.readNBytes(PlainDump.HEAD))
                    .filter(found -> found.kind() == DumpHeader.Kind.PLAIN)
                    .orElseThrow(() -> job.bad("The entry " + DUMP + " is no plain SQL dump by pg_dump"));
        }
        try (InputStream content = zip.read(dump)) {
            PlainDump.restore(job, notes, header, name, content, dump.getSize());
        }
        if (header.started().isEmpty()) {
            notes.proves(lowerBound(dump));
        }
    }

    /** Odoo writes the manifest and then starts pg_dump, so the manifest is a little older than the snapshot. */
    private Reading lowerBound(ZipArchiveEntry dump) throws BadBackup {
        Instant manifest = zip.time(required(MANIFEST));
        if (manifest.isAfter(zip.time(dump))) {
            return Reading.none("the dump does not say when it started, and manifest.json is younger than dump.sql, so"
                    + " its time is no lower bound");
        }
        return Reading.of(
                manifest,
                "time of manifest.json in the ZIP, on a clock of "
                        + job.backup().source().zone()
                        + ": Odoo writes it right before it starts pg_dump, so that all committed until then is there");
    }

    private ZipArchiveEntry required(String name) throws BadBackup {
        return zip.entry(name)
                .orElseThrow(() -> job.bad("The ZIP has no entry " + name + ", which Odoo's database manager writes"));
    }
}
