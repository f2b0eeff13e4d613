-- What is there before the first order: the company, its people, products, places, accounts and technical settings.

insert into public.res_currency (name, symbol, rounding, active) values ('EUR', '€', 0.01, true), ('USD', '$', 0.01, true);

insert into public.res_country (code, name, currency_id)
values ('DE', '{"en_US": "Germany"}', 1), ('FR', '{"en_US": "France"}', 1), ('PT', '{"en_US": "Portugal"}', 1),
       ('NL', '{"en_US": "Netherlands"}', 1), ('AT', '{"en_US": "Austria"}', 1), ('US', '{"en_US": "United States"}', 2);

insert into public.res_partner (id, name, complete_name, lang, type, email, active, is_company, country_id)
values (1, 'Example Distribution', 'Example Distribution', 'en_US', 'contact', 'office@distribution.example', true, true, 1),
       (2, 'System', 'System', 'en_US', 'contact', 'root@distribution.example', false, false, 1),
       (3, 'Administrator', 'Administrator', 'en_US', 'contact', 'admin@distribution.example', true, false, 1);

insert into public.res_partner (id, name, complete_name, lang, type, email, active, is_company, parent_id, country_id)
select 3 + n, 'Sales ' || n, 'Sales ' || n, 'en_US', 'contact', 'sales' || n || '@distribution.example', true, false, 1, 1
from generate_series(1, 12) n;

insert into public.res_partner (id, name, complete_name, ref, lang, type, street, zip, city, email, phone, active, is_company,
                                country_id, supplier_rank, customer_rank)
select 20 + n, 'Supplier ' || lpad(n::text, 2, '0'), 'Supplier ' || lpad(n::text, 2, '0'), 'V' || lpad(n::text, 4, '0'), 'en_US',
       'contact', 'Dock ' || n, lpad((pg_temp.whole('zip', n, 1000, 99999))::text, 5, '0'),
       (array['Hamburg', 'Lyon', 'Porto', 'Rotterdam', 'Graz', 'Boston'])[1 + n % 6],
       'orders@supplier' || n || '.example', '+00 555 01' || lpad(n::text, 2, '0'), true, true, 1 + n % 6, 1, 0
from generate_series(1, 12) n;

insert into public.res_partner (id, name, complete_name, ref, lang, type, street, zip, city, email, phone, active, is_company,
                                country_id, supplier_rank, customer_rank)
select 100 + n, 'Customer ' || lpad(n::text, 4, '0'), 'Customer ' || lpad(n::text, 4, '0'), 'C' || lpad(n::text, 5, '0'), 'en_US',
       'contact', pg_temp.whole('house', n, 1, 240) || ' ' || (array['Station Road', 'Mill Lane', 'Market Square', 'Harbour Street', 'Church Hill'])[1 + n % 5],
       lpad((pg_temp.whole('zip', 100 + n, 1000, 99999))::text, 5, '0'),
       (array['Berlin', 'Paris', 'Lisbon', 'Utrecht', 'Vienna', 'Chicago', 'Köln', 'Nîmes'])[1 + n % 8],
       'purchasing@customer' || n || '.example', '+00 555 ' || lpad(n::text, 4, '0'), true, n % 4 <> 0, 1 + n % 6, 0, 1
from generate_series(1, 1200) n;

update public.res_partner set company_id = null, commercial_partner_id = coalesce(parent_id, id), create_uid = 1, write_uid = 1;

insert into public.res_company (name, partner_id, currency_id, email, active, fiscalyear_last_day, fiscalyear_last_month, create_uid, write_uid)
values ('Example Distribution', 1, 1, 'office@distribution.example', true, 31, '12', 1, 1);

insert into public.res_users (id, company_id, partner_id, active, login, share, notification_type, create_uid, write_uid)
values (1, 1, 2, false, '__system__', false, 'email', 1, 1), (2, 1, 3, true, 'admin', false, 'email', 1, 1);

insert into public.res_users (id, company_id, partner_id, active, login, share, notification_type, create_uid, write_uid)
select 2 + n, 1, 3 + n, true, 'sales' || n, false, 'email', 1, 1 from generate_series(1, 12) n;

insert into public.uom_uom (name, factor, active)
values ('{"en_US": "Units"}', 1, true), ('{"en_US": "Dozens"}', 12, true), ('{"en_US": "kg"}', 1, true);

insert into public.product_category (id, parent_id, name, complete_name, parent_path)
values (1, null, 'Goods', 'Goods', '1/'), (2, 1, 'Furniture', 'Goods / Furniture', '1/2/'),
       (3, 1, 'Household', 'Goods / Household', '1/3/'), (4, 1, 'Services', 'Goods / Services', '1/4/');

insert into public.product_template (id, categ_id, uom_id, create_uid, write_uid, type, default_code, name, list_price, weight,
                                     sale_ok, purchase_ok, active, is_storable, tracking, invoice_policy)
select n, 2 + n % 2, 1, 1, 1, 'consu', 'P' || lpad(n::text, 5, '0'),
       jsonb_build_object('en_US',
         (array['Oak', 'Birch', 'Steel', 'Linen', 'Cotton', 'Glass', 'Copper', 'Bamboo', 'Wool', 'Leather'])[1 + n % 10] || ' ' ||
         (array['Shelf', 'Desk', 'Lamp', 'Chair', 'Cabinet', 'Rug', 'Tray', 'Basket', 'Mirror', 'Stool', 'Bench', 'Clock'])[1 + n / 10 % 12] || ' ' ||
         (array['40', '60', '80', '100', '120'])[1 + n / 120 % 5] || ' cm'),
       pg_temp.whole('price', n, 4, 120) * (1 + n % 6) - 0.05, pg_temp.whole('weight', n, 2, 400) / 10.0,
       true, true, true, true, 'none', 'order'
from generate_series(1, 600) n;

insert into public.product_template (id, categ_id, uom_id, create_uid, write_uid, type, default_code, name, list_price, weight,
                                     sale_ok, purchase_ok, active, is_storable, tracking, invoice_policy)
values (601, 4, 1, 1, 1, 'service', 'SHIP', '{"en_US": "Delivery"}', 7.50, 0, true, false, true, false, 'none', 'order');

insert into public.product_product (id, product_tmpl_id, create_uid, write_uid, default_code, barcode, combination_indices, standard_price, weight, active)
select id, id, 1, 1, default_code, '200' || lpad(id::text, 10, '0'), '', jsonb_build_object('1', round(list_price * 0.6, 2)), weight, true
from public.product_template;

insert into public.stock_location (id, location_id, company_id, name, complete_name, usage, parent_path, active)
values (1, null, null, 'Partners', 'Partners', 'view', '1/', true),
       (2, 1, null, 'Vendors', 'Partners/Vendors', 'supplier', '1/2/', true),
       (3, 1, null, 'Customers', 'Partners/Customers', 'customer', '1/3/', true),
       (4, null, 1, 'Inventory adjustment', 'Inventory adjustment', 'inventory', '4/', true),
       (5, null, 1, 'WH', 'WH', 'view', '5/', true),
       (6, 5, 1, 'Stock', 'WH/Stock', 'internal', '5/6/', true);

insert into public.ir_sequence (id, number_next, number_increment, padding, company_id, name, code, implementation, prefix, active)
values (1, 1, 1, 5, null, 'Sales Order', 'sale.order', 'standard', 'S', true),
       (2, 1, 1, 5, 1, 'Receipts', null, 'no_gap', 'WH/IN/', true),
       (3, 1, 1, 5, 1, 'Delivery Orders', null, 'no_gap', 'WH/OUT/', true);

insert into public.stock_picking_type (id, warehouse_id, company_id, sequence_id, default_location_src_id, default_location_dest_id, sequence_code, code, name, active)
values (1, 1, 1, 2, 2, 6, 'IN', 'incoming', '{"en_US": "Receipts"}', true),
       (2, 1, 1, 3, 6, 3, 'OUT', 'outgoing', '{"en_US": "Delivery Orders"}', true);

insert into public.stock_warehouse (id, company_id, partner_id, view_location_id, lot_stock_id, in_type_id, out_type_id, name, code, reception_steps, delivery_steps, active)
values (1, 1, 1, 5, 6, 1, 2, 'Main warehouse', 'WH', 'one_step', 'ship_only', true);

update public.stock_location set warehouse_id = 1 where id in (5, 6);

insert into public.account_account (id, account_type, name, code_store, active, reconcile)
values (1, 'asset_receivable', '{"en_US": "Trade receivables"}', '{"1": "121000"}', true, true),
       (2, 'liability_current', '{"en_US": "Tax payable"}', '{"1": "251000"}', true, false),
       (3, 'income', '{"en_US": "Product sales"}', '{"1": "400000"}', true, false),
       (4, 'asset_cash', '{"en_US": "Bank"}', '{"1": "101401"}', true, false);

insert into public.account_journal (id, default_account_id, company_id, code, type, name, active)
values (1, 3, 1, 'INV', 'sale', '{"en_US": "Customer invoices"}', true),
       (2, 4, 1, 'BNK1', 'bank', '{"en_US": "Bank"}', true);

insert into public.account_tax (id, company_id, name, type_tax_use, amount_type, amount, active)
values (1, 1, '{"en_US": "19% VAT"}', 'sale', 'percent', 19, true);

insert into public.ir_module_module (name, author, state, latest_version, shortdesc, application, license)
select name, 'Odoo S.A.', 'installed', '19.0.' || version, jsonb_build_object('en_US', title), application, 'LGPL-3'
from (values ('base', '1.3', 'Base', false), ('web', '1.0', 'Web', false), ('mail', '1.19', 'Discuss', true),
             ('product', '1.2', 'Products & Pricelists', false), ('account', '1.4', 'Invoicing', true),
             ('sale', '1.2', 'Sales', false), ('sale_management', '1.0', 'Sales', true), ('stock', '1.1', 'Inventory', true),
             ('sale_stock', '1.0', 'Sales and Warehouse Management', false), ('delivery', '1.0', 'Delivery Costs', false),
             ('payment', '2.0', 'Payment Engine', false)) modules (name, version, title, application);

insert into public.ir_model (model, "order", state, name, transient)
values ('res.partner', 'complete_name', 'base', '{"en_US": "Contact"}', false), ('sale.order', 'date_order desc, id desc', 'base', '{"en_US": "Sales Order"}', false),
       ('stock.picking', 'priority desc, id desc', 'base', '{"en_US": "Transfer"}', false), ('stock.move', 'sequence, id', 'base', '{"en_US": "Stock Move"}', false),
       ('account.move', 'date desc, name desc', 'base', '{"en_US": "Journal Entry"}', false), ('product.template', 'name', 'base', '{"en_US": "Product"}', false),
       ('ir.attachment', 'id desc', 'base', '{"en_US": "Attachment"}', false);

insert into public.ir_config_parameter (key, value, create_uid, write_uid)
select key, value, 1, 1
from (values ('database.uuid', md5('estate' || current_setting('estate.seed'))::uuid::text), ('web.base.url', 'https://erp.distribution.example'),
             ('mail.catchall.domain', 'distribution.example'), ('database.create_date', pg_temp.ordered_at(1)::text),
             ('ir_attachment.location', 'file')) parameters (key, value);

insert into public.ir_cron (id, ir_actions_server_id, user_id, interval_number, priority, cron_name, interval_type, active, nextcall, lastcall)
select n, 100 + n, 1, 1, 5, name, unit, true, pg_temp.newest() + interval '1 hour', pg_temp.newest() - interval '1 hour'
from (values (1, 'Base: Auto-vacuum internal data', 'days'), (2, 'Mail: Email Queue Manager', 'hours'), (3, 'Mail: Fetchmail Service', 'hours'),
             (4, 'Procurement: run scheduler', 'days'), (5, 'Send invoices automatically', 'days'), (6, 'Digest Emails', 'days'),
             (7, 'Payment: Post-process transactions', 'hours')) jobs (n, name, unit);

insert into public.ir_model_data (module, name, model, res_id, noupdate)
values ('base', 'autovacuum_job', 'ir.cron', 1, true), ('mail', 'ir_cron_mail_scheduler_action', 'ir.cron', 2, true),
       ('base', 'main_company', 'res.company', 1, true), ('base', 'user_root', 'res.users', 1, true), ('base', 'user_admin', 'res.users', 2, true);

insert into public.ir_mail_server (smtp_port, sequence, name, smtp_host, smtp_authentication, smtp_user, smtp_pass, smtp_encryption, active)
values (587, 10, 'Outgoing', 'smtp.distribution.example', 'login', 'erp', 'masked-in-the-demonstration', 'starttls', true);

insert into public.fetchmail_server (port, priority, name, state, server, server_type, "user", password, active, is_ssl)
values (993, 5, 'Incoming', 'done', 'imap.distribution.example', 'imap', 'erp', 'masked-in-the-demonstration', true, true);

insert into public.payment_provider (sequence, company_id, code, state, name, is_published)
values (10, 1, 'custom', 'enabled', '{"en_US": "Wire Transfer"}', true), (20, 1, 'stripe', 'enabled', '{"en_US": "Card"}', true),
       (30, 1, 'demo', 'disabled', '{"en_US": "Demo"}', false);

insert into public.delivery_carrier (company_id, product_id, name, delivery_type, fixed_price, prod_environment, active)
values (1, 601, '{"en_US": "Parcel service"}', 'fixed', 7.5, true, true), (1, 601, '{"en_US": "Freight"}', 'fixed', 49, true, true);

-- The stock that was counted on the day the books were opened.
insert into public.stock_move (id, sequence, company_id, product_id, product_uom, location_id, location_dest_id, create_uid, write_uid, state,
                               procure_method, reference, product_qty, product_uom_qty, quantity, picked, is_inventory, price_unit, date)
select id, 10, 1, id, 1, 4, 6, 1, 1, 'done', 'make_to_stock', 'Opening stock', amount, amount, amount, true, true, 0, pg_temp.ordered_at(1) - interval '1 day'
from (select id, pg_temp.whole('opening', id, 150, 400) as amount from public.product_product where id <= 600) opening;

insert into public.stock_move_line (id, move_id, company_id, product_id, product_uom_id, location_id, location_dest_id, create_uid, write_uid,
                                    state, quantity, quantity_product_uom, picked, date)
select id, id, 1, product_id, 1, location_id, location_dest_id, 1, 1, state, quantity, quantity, true, date from public.stock_move;

do $$
declare
  name text;
begin
  for name in select table_name from information_schema.columns
              where table_schema = 'public' and column_name = 'write_date'
                and table_name in (select tablename from pg_tables where schemaname = 'public') loop
    execute format('update public.%I set create_date = pg_temp.ordered_at(1) - interval ''1 day'', '
                   || 'write_date = pg_temp.ordered_at(1) - interval ''1 day''', name);
  end loop;
end
$$;
