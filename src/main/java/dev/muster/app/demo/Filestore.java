package dev.muster.app.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The attachments of the sample company: files named by their SHA-1, and the rows that name them. */
final class Filestore {
    private static final String INVOICES = """
            select m.id, m.name, m.invoice_partner_display_name, m.invoice_origin, m.amount_total, m.create_date
            from account_move m
            where m.move_type = 'out_invoice'
              and (m.id % 40 = 0 or m.id = (select max(id) from account_move where move_type = 'out_invoice'))
              and not exists (select from ir_attachment a where a.res_model = 'account.move' and a.res_id = m.id)
            order by m.id""";

    private static final String DELIVERIES = """
            select p.id, p.name, p.origin, p.date_done
            from stock_picking p
            where p.picking_type_id = 2 and p.state = 'done' and p.id % 150 = 0
              and not exists (select from ir_attachment a where a.res_model = 'stock.picking' and a.res_id = p.id)
            order by p.id""";

    private static final String ORDERS = """
            select o.id, o.create_date
            from sale_order o
            where o.id % 200 = 0
              and not exists (select from ir_attachment a where a.res_model = 'sale.order' and a.res_id = o.id)
            order by o.id""";

    private static final String PRODUCTS = """
            select id, create_date from product_template
            where id <= 120 and not exists (select from ir_attachment where res_model = 'product.template')
            order by id""";

    private static final String WITHOUT_FILE = """
            insert into ir_attachment (name, res_model, type, url, mimetype, file_size, checksum, db_datas, public,
                                       create_uid, write_uid, create_date, write_date)
            select name, 'ir.ui.view', type, url, mimetype, length(content), encode(sha1, 'hex'), content, true, 1, 1, at, at
            from (select create_date as at from res_company) company
            cross join (values ('web.assets_frontend.min.css', 'url', '/web/assets/frontend.min.css', 'text/css', null::bytea, null::bytea),
                               ('favicon', 'binary', null, 'text/plain', ?::bytea, ?::bytea)) files (name, type, url, mimetype, content, sha1)
            where not exists (select from ir_attachment where res_model = 'ir.ui.view')""";

    private final Path folder;
    private final Connection connection;
    private final long seed;

    /** @param folder where the files go, as {@code ab/abcdef...} */
    Filestore(Path folder, Connection connection, long seed) {
        this.folder = folder;
        this.connection = connection;
        this.seed = seed;
    }

    /** Each night the application looks at all marks of its own and takes them away. */
    private void clean() throws IOException {
        Path marks = folder.resolve("checklist");
        if (Files.exists(marks)) {
            try (Stream<Path> all = Files.walk(marks)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    /** Files the papers of whatever happened since the last time. */
    void catchUp() throws SQLException, IOException {
        clean();
        try (Statement query = connection.createStatement()) {
            filePictures(query);
            fileInvoices(query);
            fileDeliveryNotes(query);
            fileTerms(query);
        }
        byte[] content = "Example Distribution".getBytes(StandardCharsets.UTF_8);
        try (PreparedStatement insert = connection.prepareStatement(WITHOUT_FILE)) {
            insert.setBytes(1, content);
            insert.setBytes(2, HexFormat.of().parseHex(sha1(content)));
            insert.execute();
        }
        connection.commit();
    }

    private void filePictures(Statement query) throws SQLException, IOException {
        try (ResultSet products = query.executeQuery(PRODUCTS)) {
            while (products.next()) {
                int id = products.getInt(1);
                // Products of one range share their pictures.
                int range = id % 30;
                Instant at = instant(products, 2);
                attach(
                        "product.template",
                        id,
                        "image_1920",
                        "image_1920",
                        "image/png",
                        Papers.picture(96 + 4 * range, seed + range),
                        at);
                attach(
                        "product.template",
                        id,
                        "image_512",
                        "image_512",
                        "image/png",
                        Papers.picture(48, seed + range),
                        at);
            }
        }
    }

    private void fileInvoices(Statement query) throws SQLException, IOException {
        try (ResultSet invoices = query.executeQuery(INVOICES)) {
            while (invoices.next()) {
                String number = invoices.getString(2);
                byte[] letter = Papers.letter(List.of(
                        "Example Distribution",
                        "Invoice " + number,
                        "To: " + invoices.getString(3),
                        "Your order: " + invoices.getString(4),
                        "Amount due: " + invoices.getString(5) + " EUR"));
                attach(
                        "account.move",
                        invoices.getInt(1),
                        null,
                        number.replace('/', '_') + ".pdf",
                        "application/pdf",
                        letter,
                        instant(invoices, 6));
            }
        }
    }

    private void fileDeliveryNotes(Statement query) throws SQLException, IOException {
        try (ResultSet deliveries = query.executeQuery(DELIVERIES)) {
            while (deliveries.next()) {
                int id = deliveries.getInt(1);
                String number = deliveries.getString(2);
                // Most scans are small, a few are large.
                double size = new Random(seed * 31 + id).nextDouble();
                int side = 80 + (int) (460 * Math.pow(size, 5));
                byte[] scan = Papers.scan(
                        List.of(
                                "Delivery note " + number,
                                "Order " + deliveries.getString(3),
                                "Signed by the customer"),
                        side,
                        side,
                        seed + id);
                attach(
                        "stock.picking",
                        id,
                        null,
                        number.replace('/', '_') + "_signed.pdf",
                        "application/pdf",
                        scan,
                        instant(deliveries, 4));
            }
        }
    }

    private void fileTerms(Statement query) throws SQLException, IOException {
        byte[] terms = "Goods stay ours until they are paid for. Payment is due within 30 days.\n"
                .repeat(20)
                .getBytes(StandardCharsets.UTF_8);
        try (ResultSet orders = query.executeQuery(ORDERS)) {
            while (orders.next()) {
                int id = orders.getInt(1);
                String table = "position;reference\n"
                        + new Random(seed + id)
                                .ints(60, 10_000, 99_999)
                                .mapToObj(n -> n % 97 + ";REF-" + n + "\n")
                                .reduce("", String::concat);
                Instant at = instant(orders, 2);
                attach("sale.order", id, null, "terms.txt", "text/plain", terms, at);
                attach("sale.order", id, null, "positions.csv", "text/csv", table.getBytes(StandardCharsets.UTF_8), at);
            }
        }
    }

    private void attach(
            String model, int id, @Nullable String field, String name, String mimetype, byte[] content, Instant at)
            throws SQLException, IOException {
        String sha1 = sha1(content);
        String place = sha1.substring(0, 2) + "/" + sha1;
        Path file = folder.resolve(place);
        if (Files.notExists(file)) {
            Files.createDirectories(file.getParent());
            Files.write(file, content);
            Files.setLastModifiedTime(file, FileTime.from(at));
            // The application leaves an empty mark for its cleaner beside each file it writes.
            Path mark = folder.resolve("checklist").resolve(place);
            Files.createDirectories(mark.getParent());
            Files.createFile(mark);
            Files.setLastModifiedTime(mark, FileTime.from(at));
        }
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into ir_attachment (res_id, company_id, file_size, create_uid, write_uid, name, res_model, res_field, type,
                                           store_fname, checksum, mimetype, public, create_date, write_date)
                values (?, 1, ?, 2, 2, ?, ?, ?, 'binary', ?, ?, ?, false, ?::timestamptz at time zone 'UTC', ?::timestamptz at time zone 'UTC')""")) {
            insert.setInt(1, id);
            insert.setInt(2, content.length);
            insert.setString(3, name);
            insert.setString(4, model);
            insert.setString(5, field);
            insert.setString(6, place);
            insert.setString(7, sha1);
            insert.setString(8, mimetype);
            insert.setString(9, at.toString());
            insert.setString(10, at.toString());
            insert.execute();
        }
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
    }

    private static String sha1(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
