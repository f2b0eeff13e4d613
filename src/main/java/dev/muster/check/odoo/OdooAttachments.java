package dev.muster.check.odoo;

import dev.muster.check.filestore.FileRegister;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** How Odoo keeps its attachments: a row in {@code ir_attachment}, the content in a file named by its SHA-1. */
public final class OdooAttachments {
    private OdooAttachments() {}

    private static final String OWNER =
            "'attachment ' || id || ' \"' || left(name, 80) || '\"' || coalesce(' of ' || res_model, '')";

    /** Empty marks that Odoo leaves for its collection of garbage. */
    private static final String GARBAGE = "checklist";

    // The column store_fname is believed as it stands: modules may choose other names than the usual ones.
    public static final FileRegister REGISTER = new FileRegister(
            "Odoo",
            "ir_attachment",
            Optional.of("ir_attachment"),
            """
            select store_fname as path, count(*) as rows,
                   (array_agg(%s order by id))[1] as owner,
                   min(file_size)::bigint as size,
                   count(distinct file_size) > 1 as sizes_differ,
                   min(nullif(checksum, '')) as digest,
                   count(distinct nullif(checksum, '')) > 1 as digests_differ,
                   case when count(*) = count(coalesce(write_date, create_date))
                        then min(greatest(create_date, write_date)) end as written
            from ir_attachment
            where store_fname is not null and position('://' in store_fname) = 0
            group by store_fname""".formatted(OWNER),
            Optional.of("""
            select %s as owner, db_datas as content, nullif(checksum, '') as digest
            from ir_attachment
            where store_fname is null and db_datas is not null""".formatted(OWNER)),
            """
            select count(*) from ir_attachment
            where type = 'cloud_storage' or position('://' in store_fname) > 0""",
            Set.of(GARBAGE),
            // A mark may stay although the file is in use again.
            Optional.of(GARBAGE),
            Optional.of(Pattern.compile("[0-9a-f]{2}/[0-9a-f]{40}")),
            Optional.of("SHA-1"));
}
