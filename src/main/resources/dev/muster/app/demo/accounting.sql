-- Invoices for what was sold, payments for what was invoiced. Every entry balances, and numbers have no gap.

create temporary table last_number on commit drop as
select sequence_prefix as prefix, max(sequence_number) as number from public.account_move group by sequence_prefix;

create temporary table due_invoice on commit drop as
select o.id as order_id, o.name as order_name, o.partner_id, o.user_id, o.amount_untaxed, o.amount_tax, o.amount_total, p.name as partner, at, at::date as day,
       (select coalesce(max(id), 0) from public.account_move) + row_number() over (order by at, o.id) as id,
       prefix, coalesce(last.number, 0) + row_number() over (partition by prefix order by at, o.id) as number
from public.sale_order o
join public.res_partner p on p.id = o.partner_id
cross join lateral pg_temp.invoiced_at(o.id) at
cross join lateral concat('INV/', extract(year from at), '/') prefix
left join last_number last using (prefix)
where o.state = 'sale' and o.invoice_status = 'to invoice' and at <= pg_temp.until();

insert into public.account_move (id, sequence_number, journal_id, company_id, partner_id, commercial_partner_id, currency_id, invoice_user_id, create_uid,
                                 write_uid, sequence_prefix, name, state, move_type, auto_post, payment_reference, payment_state,
                                 invoice_partner_display_name, invoice_origin, date, invoice_date, invoice_date_due, amount_untaxed, amount_tax,
                                 amount_total, amount_residual, posted_before, create_date, write_date)
select id, number, 1, 1, partner_id, partner_id, 1, user_id, 2, 2, prefix, prefix || lpad(number::text, 5, '0'), 'posted', 'out_invoice', 'no',
       prefix || lpad(number::text, 5, '0'), 'not_paid', partner, order_name, day, day, day + 30, amount_untaxed, amount_tax, amount_total, amount_total,
       true, at, at
from due_invoice
order by id;

create temporary table invoice_line on commit drop as
select (select coalesce(max(id), 0) from public.account_move_line) + row_number() over (order by move_id, sequence) as id, *
from (
  select i.id as move_id, l.sequence, 3 as account, 'product' as kind, l.name as title, l.id as line_id, l.product_id as product, l.product_uom_qty as quantity,
         l.price_unit as price, l.discount, l.price_subtotal as subtotal, -l.price_subtotal as balance
  from due_invoice i
  join public.sale_order_line l on l.order_id = i.order_id
  union all
  select id, 1000, 2, 'tax', '19% VAT', null, null, null, null, null, null, -amount_tax from due_invoice
  union all
  select id, 2000, 1, 'payment_term', order_name, null, null, null, null, null, null, amount_total from due_invoice) lines;

insert into public.account_move_line (id, move_id, journal_id, company_id, company_currency_id, sequence, account_id, currency_id, partner_id, tax_line_id,
                                      product_id, product_uom_id, create_uid, write_uid, move_name, parent_state, name, display_type, date, date_maturity,
                                      debit, credit, balance, amount_currency, amount_residual, quantity, price_unit, price_subtotal, discount,
                                      reconciled, create_date, write_date)
select l.id, l.move_id, 1, 1, 1, l.sequence, l.account, 1, i.partner_id, case l.kind when 'tax' then 1 end, l.product, case when l.product is not null then 1 end,
       2, 2, i.prefix || lpad(i.number::text, 5, '0'), 'posted', l.title, l.kind, i.day, case l.kind when 'payment_term' then i.day + 30 end,
       greatest(l.balance, 0), greatest(-l.balance, 0), l.balance, l.balance, case l.kind when 'payment_term' then l.balance else 0 end, l.quantity, l.price,
       l.subtotal, l.discount, false, i.at, i.at
from invoice_line l
join due_invoice i on i.id = l.move_id
order by l.id;

insert into public.sale_order_line_invoice_rel (invoice_line_id, order_line_id)
select id, line_id from invoice_line where line_id is not null order by id;

update public.sale_order o set invoice_status = 'invoiced', write_date = greatest(write_date, i.at) from due_invoice i where o.id = i.order_id;

update public.sale_order_line l set invoice_status = 'invoiced', qty_invoiced = product_uom_qty, write_date = greatest(write_date, i.at)
from due_invoice i
where l.order_id = i.order_id;

create temporary table due_payment on commit drop as
select m.id as invoice, m.name as invoice_name, m.partner_id, m.amount_total, at, at::date as day,
       (select coalesce(max(id), 0) from public.account_move) + row_number() over (order by at, m.id) as id,
       prefix, coalesce(last.number, 0) + row_number() over (partition by prefix order by at, m.id) as number
from public.account_move m
cross join lateral pg_temp.paid_at(substr(m.invoice_origin, 2)::bigint) at
cross join lateral concat('BNK1/', extract(year from at), '/') prefix
left join last_number last using (prefix)
where m.move_type = 'out_invoice' and m.payment_state = 'not_paid' and at <= pg_temp.until();

insert into public.account_move (id, sequence_number, journal_id, company_id, partner_id, commercial_partner_id, currency_id, create_uid, write_uid,
                                 sequence_prefix, name, ref, state, move_type, auto_post, payment_state, date, amount_total, amount_residual,
                                 posted_before, create_date, write_date)
select id, number, 2, 1, partner_id, partner_id, 1, 2, 2, prefix, prefix || lpad(number::text, 5, '0'), invoice_name, 'posted', 'entry', 'no', 'not_paid',
       day, amount_total, 0, true, at, at
from due_payment
order by id;

insert into public.account_move_line (id, move_id, journal_id, company_id, company_currency_id, sequence, account_id, currency_id, partner_id, create_uid,
                                      write_uid, move_name, parent_state, name, matching_number, display_type, date, debit, credit, balance,
                                      amount_currency, amount_residual, reconciled, create_date, write_date)
select (select coalesce(max(id), 0) from public.account_move_line) + row_number() over (order by d.id, account desc), d.id, 2, 1, 1, 10, account, 1,
       d.partner_id, 2, 2, d.prefix || lpad(d.number::text, 5, '0'), 'posted', 'Payment of ' || d.invoice_name, case account when 1 then 'P' || d.id end,
       'product', d.day, case account when 4 then d.amount_total else 0 end, case account when 1 then d.amount_total else 0 end,
       case account when 4 then d.amount_total else -d.amount_total end, case account when 4 then d.amount_total else -d.amount_total end, 0,
       account = 1, d.at, d.at
from due_payment d
cross join (values (4), (1)) sides (account);

update public.account_move m set payment_state = 'paid', amount_residual = 0, write_date = d.at from due_payment d where m.id = d.invoice;

update public.account_move_line l set amount_residual = 0, reconciled = true, matching_number = 'P' || d.id, write_date = d.at
from due_payment d
where l.move_id = d.invoice and l.display_type = 'payment_term';
