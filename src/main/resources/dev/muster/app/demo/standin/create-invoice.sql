-- $1 the user, $2 the order
insert into account_move (journal_id, company_id, partner_id, commercial_partner_id, currency_id, invoice_user_id, create_uid, write_uid, name, state,
                          move_type, auto_post, payment_state, invoice_partner_display_name, invoice_origin, date, invoice_date, amount_untaxed,
                          amount_tax, amount_total, amount_residual, posted_before, create_date, write_date)
select 1, o.company_id, o.partner_id, o.partner_id, o.currency_id, $1, $1, $1, '/', 'draft', 'out_invoice', 'no', 'not_paid', p.name, o.name, now(), now(),
       o.amount_untaxed, o.amount_tax, o.amount_total, o.amount_total, false, now(), now()
from sale_order o join res_partner p on p.id = o.partner_id
where o.id = $2;
insert into account_move_line (move_id, journal_id, company_id, company_currency_id, sequence, account_id, currency_id, partner_id, create_uid, write_uid,
                               parent_state, name, display_type, date, debit, credit, balance, amount_currency, create_date, write_date)
select m.id, 1, m.company_id, 1, sequence, account, 1, m.partner_id, $1, $1, 'draft', title, kind, now(), greatest(amount, 0), greatest(-amount, 0), amount,
       amount, now(), now()
from account_move m
join sale_order o on o.name = m.invoice_origin
cross join lateral (values (10, 3, 'Goods', 'product', -m.amount_untaxed), (1000, 2, '19% VAT', 'tax', -m.amount_tax),
                           (2000, 1, o.name, 'payment_term', m.amount_total)) lines (sequence, account, title, kind, amount)
where o.id = $2 and m.state = 'draft';
update sale_order set invoice_status = 'invoiced', write_date = now() where id = $2;
