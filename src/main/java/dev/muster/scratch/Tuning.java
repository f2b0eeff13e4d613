package dev.muster.scratch;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The settings of a server that is thrown away: fast to load, and free to lose everything in a power cut. */
final class Tuning {
    private static final long MEGABYTE = 1024 * 1024;

    private Tuning() {}

    /** For a server that has this many bytes of memory. */
    static Map<String, String> forMemory(long bytes) {
        long megabytes = bytes / MEGABYTE;
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("fsync", "off");
        settings.put("full_page_writes", "off");
        settings.put("synchronous_commit", "off");
        settings.put("wal_level", "minimal");
        settings.put("max_wal_senders", "0");
        settings.put("archive_mode", "off");
        settings.put("autovacuum", "off");
        settings.put("max_wal_size", "1GB");
        settings.put("checkpoint_timeout", "30min");
        settings.put("shared_buffers", within(megabytes / 16, 128, 1024));
        settings.put("maintenance_work_mem", within(megabytes / 32, 64, 512));
        return Collections.unmodifiableMap(settings);
    }

    private static String within(long megabytes, long least, long most) {
        return Math.max(least, Math.min(most, megabytes)) + "MB";
    }
}
