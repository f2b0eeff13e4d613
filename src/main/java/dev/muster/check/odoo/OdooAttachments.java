package dev.muster.check.odoo;

import dev.muster.check.filestore.FileRegister;
import java.util.Set;

/** How Odoo keeps its attachments: a row in {@code ir_attachment}, the content in a file named by its SHA-1. */
public final class OdooAttachments {
    private OdooAttachments() {}

    // The column store_fname is believed as it stands: modules may choose other names than the usual ones.
    public static final FileRegister REGISTER = new FileRegister(
            "Odoo",
            "ir_attachment",
            """
            select store_fname as path, count(*) as rows,
                   min(id) as id,
                   (array_agg(name order by id))[1] as name,
                   (array_agg(res_model order by id))[1] as model,
                   min(file_size)::bigint as size,
                   count(distinct file_size) > 1 as sizes_differ,
                   min(nullif(checksum, '')) as sha1,
                   count(distinct nullif(checksum, '')) > 1 as sha1s_differ,
                   case when count(*) = count(coalesce(write_date, create_date))
                        then min(greatest(create_date, write_date)) end as written
            from ir_attachment
            where store_fname is not null and position('://' in store_fname) = 0
            group by store_fname""",
            """
            select id, name, res_model as model, db_datas as content, nullif(checksum, '') as sha1
            from ir_attachment
            where store_fname is null and db_datas is not null""",
            """
            select count(*) from ir_attachment
            where type = 'cloud_storage' or position('://' in store_fname) > 0""",
            // Empty markers that Odoo leaves for its garbage collection.
            Set.of("checklist"));
}
