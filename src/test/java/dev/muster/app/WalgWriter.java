package dev.muster.app;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Backs a server up in the layout of WAL-G: the files between start and stop of a backup in tars, whole or only the
 * pages that changed since the backup before.
 */
final class WalgWriter {
    private static final int PAGE = 8192;
    private static final int LARGEST_TAR = 8 << 20;
    private static final byte[] MARK = {'w', 'i', '1', 0x55};
    private static final Set<String> LEFT_OUT = Set.of(
            "log",
            "pg_wal",
            "pgsql_tmp",
            "postmaster.pid",
            "postmaster.opts",
            "pg_dynshmem",
            "pg_notify",
            "pg_replslot",
            "pg_serial",
            "pg_stat_tmp",
            "pg_snapshots",
            "pg_subtrans");

    private final ArchivingServer server;
    private final RecoveryBench.Kept objects;
    private final String prefix;

    WalgWriter(ArchivingServer server, RecoveryBench.Kept objects, String prefix) {
        this.server = server;
        this.objects = objects;
        this.prefix = prefix;
    }

    /** A backup that was made. */
    record Made(String name, long start, Map<String, Long> modified, int deltas, String full) {}

    /** Backs up what changed since the one before; everything where there is none before. */
    Made backUp(String ending, Optional<Made> before) throws Exception {
        Instant began = Instant.now();
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + server.one("show port") + "/shop?user=postgres");
                Statement statement = connection.createStatement()) {
            long start = position(one(statement, "select pg_backup_start('wal-g', true)"));
            String segment = one(statement, "select pg_walfile_name('" + lsn(start) + "')");
            String name = "base_" + segment
                    + before.map(made -> "_D_" + made.name().substring(5, 29)).orElse("");
            Run run = new Run(name, ending, before);
            run.walk(server.data(), "");
            run.finishTar();
            run.tar("pg_control.tar", Map.of("/global/pg_control", Files.readAllBytes(run.control())));
            try (ResultSet row = statement.executeQuery("select lsn, labelfile, spcmapfile from pg_backup_stop()")) {
                row.next();
                run.tar(
                        "backup_label.tar",
                        Map.of(
                                "backup_label", row.getBytes(2),
                                "tablespace_map", row.getBytes(3)));
                run.finish(began, start, position(row.getString(1)));
            }
            return new Made(
                    name,
                    start,
                    run.modified,
                    before.map(Made::deltas).orElse(-1) + 1,
                    before.map(Made::full).orElse(name));
        }
    }

    /** Stores a file of the log. */
    void archive(Path file, String ending) throws IOException, InterruptedException {
        objects.keep(
                prefix + "wal_005/" + file.getFileName() + "." + ending,
                packed(Files.readAllBytes(file), ending),
                Files.getLastModifiedTime(file).toInstant());
    }

    /** One backup as it is being made. */
    private final class Run {
        private final String name;
        private final String ending;
        private final Optional<Made> before;
        private final Map<String, Long> modified = new TreeMap<>();
        private final ObjectNode files = JsonMapper.shared().createObjectNode();
        private final ObjectNode tars = JsonMapper.shared().createObjectNode();
        private final ObjectNode tablespaces = JsonMapper.shared().createObjectNode();
        private ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private TarArchiveOutputStream tar = open(bytes);
        private ArrayNode inTar = JsonMapper.shared().createArrayNode();
        private int parts;

        Run(String name, String ending, Optional<Made> before) {
            this.name = name;
            this.ending = ending;
            this.before = before;
            tablespaces.put("base_prefix", server.data().toString()).putArray("tablespaces");
        }

        Path control() {
            return server.data().resolve("global/pg_control");
        }

        void walk(Path folder, String path) throws IOException {
            entry(path.isEmpty() ? "/" : path, TarConstants.LF_DIR, new byte[0]);
            List<Path> inside;
            try (Stream<Path> all = Files.list(folder)) {
                inside = all.sorted().toList();
            }
            for (Path one : inside) {
                String below = path + "/" + one.getFileName();
                if (Files.isSymbolicLink(one) && path.equals("/pg_tblspc")) {
                    tablespace(one, below);
                } else if (Files.isDirectory(one)) {
                    if (LEFT_OUT.contains(one.getFileName().toString())) {
                        entry(below, TarConstants.LF_DIR, new byte[0]);
                    } else {
                        walk(one, below);
                    }
                } else if (Files.isSymbolicLink(one)) {
                    entry(below, TarConstants.LF_SYMLINK, new byte[0]);
                } else if (!one.equals(control())
                        && !LEFT_OUT.contains(one.getFileName().toString())) {
                    file(one, below);
                }
            }
        }

        private void tablespace(Path link, String path) throws IOException {
            String oid = link.getFileName().toString();
            tablespaces.withArray("tablespaces").add(oid);
            tablespaces.putObject(oid).put("loc", link.toRealPath().toString()).put("link", "pg_tblspc/" + oid);
            for (Path one : ArchivingServer.files(link.toRealPath())) {
                walk(one, path + "/" + one.getFileName());
            }
        }

        private void file(Path file, String path) throws IOException {
            long time = Files.getLastModifiedTime(file).toInstant().toEpochMilli();
            Long earlier =
                    before.map(Made::modified).map(known -> known.get(path)).orElse(null);
            modified.put(path, time);
            if (earlier != null && earlier == time) {
                describe(path, false, true);
                return;
            }
            byte[] content = Files.readAllBytes(file);
            boolean paged = path.matches("/(base|pg_tblspc)/.*/\\d+(\\.\\d+)?")
                    && content.length > 0
                    && content.length % PAGE == 0;
            boolean changesOnly = earlier != null && paged;
            entry(
                    path,
                    TarConstants.LF_NORMAL,
                    changesOnly ? changes(content, before.orElseThrow().start()) : content);
            describe(path, changesOnly, false);
        }

        /** As WAL-G names it: with a slash in front, as if the server's folder were the root. */
        private void entry(String path, byte kind, byte[] content) throws IOException {
            if (bytes.size() > LARGEST_TAR) {
                finishTar();
            }
            TarArchiveEntry entry = new TarArchiveEntry(path, kind, true);
            entry.setSize(content.length);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
            inTar.add(path);
            if (kind != TarConstants.LF_NORMAL) {
                describe(path, false, false);
            }
        }

        private void describe(String path, boolean changesOnly, boolean elsewhere) {
            files.putObject(path)
                    .put("IsIncremented", changesOnly)
                    .put("IsSkipped", elsewhere)
                    .put("MTime", "2026-11-21T05:52:29.000000001Z")
                    .put("UpdatesCount", 0);
        }

        void finishTar() throws IOException {
            tar.close();
            String part = "part_%03d.tar".formatted(++parts);
            tars.set(part + "." + ending, inTar);
            keep("tar_partitions/" + part + "." + ending, packedUnchecked(bytes.toByteArray(), ending));
            bytes = new ByteArrayOutputStream();
            tar = open(bytes);
            inTar = JsonMapper.shared().createArrayNode();
        }

        void tar(String tarName, Map<String, byte[]> content) throws IOException {
            ByteArrayOutputStream own = new ByteArrayOutputStream();
            try (TarArchiveOutputStream out = open(own)) {
                for (Map.Entry<String, byte[]> one : new TreeMap<>(content).entrySet()) {
                    TarArchiveEntry entry = new TarArchiveEntry(one.getKey(), true);
                    entry.setSize(one.getValue().length);
                    out.putArchiveEntry(entry);
                    out.write(one.getValue());
                    out.closeArchiveEntry();
                }
            }
            keep("tar_partitions/" + tarName + "." + ending, packedUnchecked(own.toByteArray(), ending));
        }

        void finish(Instant began, long start, long end) {
            ObjectNode metadata = JsonMapper.shared()
                    .createObjectNode()
                    .put("start_time", began.toString())
                    .put("finish_time", Instant.now().toString())
                    .put("date_fmt", "%Y-%m-%dT%H:%M:%S.%fZ")
                    .put("hostname", "production")
                    .put("data_dir", server.data().toString())
                    .put("pg_version", 150018)
                    .put("start_lsn", start)
                    .put("finish_lsn", end)
                    .put("is_permanent", false);
            keep("metadata.json", json(metadata));
            ObjectNode list = JsonMapper.shared().createObjectNode();
            list.set("Files", files);
            list.set("TarFileSets", tars);
            keep("files_metadata.json", json(list));
            ObjectNode sentinel = JsonMapper.shared().createObjectNode().put("LSN", start);
            before.ifPresent(made -> sentinel.put("DeltaLSN", made.start())
                    .put("DeltaFrom", made.name())
                    .put("DeltaFullName", made.full())
                    .put("DeltaCount", made.deltas() + 1));
            sentinel.put("PgVersion", 150018).put("FinishLSN", end).put("UncompressedSize", 1);
            sentinel.set("Spec", tablespaces);
            sentinel.put("Version", 2).put("FinishTime", Instant.now().toString());
            objects.keep(
                    prefix + "basebackups_005/" + name + "_backup_stop_sentinel.json", json(sentinel), Instant.now());
        }

        private void keep(String file, byte[] content) {
            objects.keep(prefix + "basebackups_005/" + name + "/" + file, content, Instant.now());
        }
    }

    /** The pages that are new or were changed from a position of the log on. */
    private static byte[] changes(byte[] content, long since) {
        ByteBuffer file = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        List<Integer> pages = new ArrayList<>();
        for (int page = 0; page < content.length / PAGE; page++) {
            long at = (file.getInt(page * PAGE) & 0xffffffffL) << 32 | (file.getInt(page * PAGE + 4) & 0xffffffffL);
            boolean fresh = file.getShort(page * PAGE + 14) == 0;
            if (fresh || at >= since) {
                pages.add(page);
            }
        }
        ByteBuffer changes = ByteBuffer.allocate(16 + pages.size() * (4 + PAGE)).order(ByteOrder.LITTLE_ENDIAN);
        changes.put(MARK).putLong(content.length).putInt(pages.size());
        pages.forEach(changes::putInt);
        pages.forEach(page -> changes.put(content, page * PAGE, PAGE));
        return changes.array();
    }

    private static TarArchiveOutputStream open(OutputStream out) {
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        return tar;
    }

    private static byte[] packedUnchecked(byte[] content, String ending) throws IOException {
        try {
            return packed(content, ending);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static byte[] packed(byte[] content, String ending) throws IOException, InterruptedException {
        return switch (ending) {
            case "lz4" -> {
                ByteArrayOutputStream packed = new ByteArrayOutputStream();
                try (OutputStream out = new LZ4FrameOutputStream(packed, LZ4FrameOutputStream.BLOCKSIZE.SIZE_4MB)) {
                    out.write(content);
                }
                yield packed.toByteArray();
            }
            case "zst" -> Zstd.compress(content);
            case "br" -> brotli(content);
            default -> throw new IllegalArgumentException(ending);
        };
    }

    private static byte[] brotli(byte[] content) throws IOException, InterruptedException {
        Path file = Files.createTempFile("content", "");
        Path packed = Path.of(file + ".br");
        try {
            Files.write(file, content);
            int exit = new ProcessBuilder("brotli", "--quality=3", "--output=" + packed, file.toString())
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IOException("brotli ended with " + exit);
            }
            return Files.readAllBytes(packed);
        } finally {
            Files.delete(file);
            Files.deleteIfExists(packed);
        }
    }

    private static byte[] json(ObjectNode node) {
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String one(Statement statement, String sql) throws Exception {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static long position(String lsn) {
        String[] halves = lsn.split("/", -1);
        return Long.parseLong(halves[0], 16) << 32 | Long.parseLong(halves[1], 16);
    }

    private static String lsn(long position) {
        return "%X/%X".formatted(position >>> 32, position & 0xffffffffL);
    }
}
