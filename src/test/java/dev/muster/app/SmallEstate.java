package dev.muster.app;

import dev.muster.drill.ScratchPlan;
import dev.muster.scratch.Database;
import dev.muster.scratch.Finished;
import dev.muster.scratch.LocalSite;
import dev.muster.scratch.Program;
import dev.muster.scratch.Scratch;
import dev.muster.scratch.Scratches;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A small shop's database in a real server, dumped by the real pg_dump, and the files that it names. */
final class SmallEstate {
    final Map<String, byte[]> files = new TreeMap<>();
    private final byte[] custom;
    private final byte[] plain;

    /** Makes the estate; the server is gone afterwards. */
    SmallEstate(Path home) throws Exception {
        for (int file = 0; file < 12; file++) {
            byte[] content = ("document " + file + "\n").repeat(50 + file).getBytes(StandardCharsets.UTF_8);
            String sha1 = sha1(content);
            files.put(sha1.substring(0, 2) + "/" + sha1, content);
        }
        LocalSite site = new Scratches(home, Optional.empty(), Optional.empty(), Clock.systemUTC())
                .openHere(
                        "making-backups",
                        new ScratchPlan(ScratchPlan.Placement.LOCAL, 15, Duration.ofMinutes(10), OptionalLong.empty()));
        Scratch scratch = site.scratch();
        try {
            Database database = scratch.startDatabase(15, "shop");
            fill(database);
            custom = dump(scratch, database, "-Fc");
            plain = dump(scratch, database, "-Fp", "-v");
        } finally {
            site.remove();
        }
    }

    byte[] customDump() {
        return custom.clone();
    }

    byte[] plainDump() {
        return plain.clone();
    }

    /** The plain dump with one more statement in its middle. */
    byte[] plainDumpWith(String statement) {
        String text = new String(plain, StandardCharsets.UTF_8);
        int middle = text.indexOf("ALTER TABLE ONLY public.");
        return (text.substring(0, middle) + statement + "\n" + text.substring(middle)).getBytes(StandardCharsets.UTF_8);
    }

    byte[] filestore() throws IOException {
        return tar(files);
    }

    static byte[] tar(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : entries.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey(), true);
                entry.setSize(file.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    byte[] odooZip(Map<String, byte[]> more) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        files.forEach((name, content) -> entries.put("filestore/" + name, content));
        entries.putAll(more);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            write(zip, "dump.sql", plain);
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                write(zip, entry.getKey(), entry.getValue());
            }
            write(
                    zip,
                    "manifest.json",
                    "{\"odoo_dump\": \"1\", \"version\": \"19.0\", \"modules\": {}}".getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    /** A great many zeros in a small gzip. */
    static byte[] bomb(int megabytes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            TarArchiveEntry entry = new TarArchiveEntry("00/zeros");
            entry.setSize((long) megabytes << 20);
            tar.putArchiveEntry(entry);
            byte[] zeros = new byte[1 << 20];
            for (int written = 0; written < megabytes; written++) {
                tar.write(zeros);
            }
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    private void fill(Database database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    create table res_partner (id serial primary key, name text not null);
                    create table sale_order (
                        id serial primary key,
                        partner_id integer not null references res_partner,
                        note text,
                        write_date timestamp not null);
                    create table ir_attachment (
                        id serial primary key, name text, type text default 'binary', mimetype text, res_model text,
                        res_field text, res_id integer, store_fname text, checksum text,
                        file_size integer, db_datas bytea, create_date timestamp, write_date timestamp);
                    insert into res_partner (name) select 'partner ' || n from generate_series(1, 200) n;
                    insert into sale_order (partner_id, note, write_date)
                        select 1 + n % 200, md5(n::text) || md5((n + 1)::text),
                               (now() at time zone 'UTC') - n * interval '1 minute' - interval '1 minute'
                        from generate_series(0, 4000) n;
                    """);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                String sha1 = file.getKey().substring(3);
                statement.execute(
                        "insert into ir_attachment (name, res_model, store_fname, checksum, file_size, create_date, write_date)"
                                + " values ('document', 'sale.order', '" + file.getKey() + "', '" + sha1 + "', "
                                + file.getValue().length
                                + ", now() at time zone 'UTC' - interval '1 day', now() at time zone 'UTC' - interval '1 day')");
            }
        }
    }

    private static byte[] dump(Scratch scratch, Database database, String... how) throws Exception {
        Path file = scratch.folder("dumps").resolve("dump");
        Path program = scratch.client("pg_dump", 15).orElseThrow();
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(how));
        command.addAll(List.of("-f", file.toString()));
        Finished finished = scratch.run(new Program(command, database.environment(), line -> {}));
        if (!finished.succeeded()) {
            throw new IllegalStateException(String.join("\n", finished.lastLines()));
        }
        return Files.readAllBytes(file);
    }

    private static void write(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    private static String sha1(byte[] content) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(content));
    }
}
