-- The orders that came since the last time, each confirmed one with its delivery.

create temporary table fresh on commit drop as
select n as id, pg_temp.ordered_at(n) as at, 100 + 1 + floor(pg_temp.chance('customer', n) ^ 2 * 1200)::integer as partner,
       3 + (n % 12)::integer as seller,
       case when n = pg_temp.orders() or pg_temp.chance('state', n) >= 0.12 then 'sale'
            when pg_temp.chance('state', n) < 0.04 then 'cancel' else 'sent' end as state
from generate_series((select coalesce(max(id), 0) + 1 from public.sale_order), pg_temp.orders()) n
where pg_temp.ordered_at(n) <= pg_temp.until();

create temporary table fresh_line on commit drop as
select (select coalesce(max(id), 0) from public.sale_order_line) + row_number() over (order by f.id, k) as id, f.id as order_id, k, f.at, f.partner,
       f.seller, f.state, p.id as product, p.name ->> 'en_US' as title, pg_temp.whole('quantity', f.id * 8 + k, 1, 6)::numeric as quantity,
       p.list_price as price, (array[0, 0, 0, 0, 5, 10])[pg_temp.whole('discount', f.id * 8 + k, 1, 6)]::numeric as discount
from fresh f
cross join lateral generate_series(1, pg_temp.whole('lines', f.id, 1, 5)) k
join public.product_template p on p.id = pg_temp.whole('product', f.id * 8 + k, 1, 600);

insert into public.sale_order (id, company_id, partner_id, partner_invoice_id, partner_shipping_id, currency_id, user_id, warehouse_id, create_uid,
                               write_uid, access_token, name, state, client_order_ref, invoice_status, delivery_status, picking_policy, validity_date,
                               amount_untaxed, amount_tax, amount_total, locked, create_date, date_order, write_date)
select f.id, 1, f.partner, f.partner, f.partner, 1, f.seller, 1, f.seller, f.seller, md5('order' || f.id)::uuid, 'S' || lpad(f.id::text, 5, '0'), f.state,
       case when f.id % 3 = 0 then 'PO-' || pg_temp.whole('reference', f.id, 10000, 99999) end,
       case f.state when 'sale' then 'to invoice' else 'no' end, case f.state when 'sale' then 'pending' end, 'direct', f.at::date + 30,
       s.untaxed, round(s.untaxed * 0.19, 2), s.untaxed + round(s.untaxed * 0.19, 2), false, f.at, f.at, f.at
from fresh f
join (select order_id, sum(public.net_price(quantity, price, discount)) as untaxed from fresh_line group by order_id) s on s.order_id = f.id
order by f.id;

insert into public.sale_order_line (id, order_id, sequence, company_id, currency_id, order_partner_id, salesman_id, product_id, product_uom_id, create_uid,
                                    write_uid, state, qty_delivered_method, invoice_status, name, product_uom_qty, price_unit, discount,
                                    price_subtotal, qty_delivered, qty_invoiced, is_downpayment, customer_lead, create_date, write_date)
select id, order_id, 10 * k, 1, 1, partner, seller, product, 1, seller, seller, state, 'stock_move', case state when 'sale' then 'to invoice' else 'no' end, title,
       quantity, price, discount, public.net_price(quantity, price, discount), 0, 0, false, 2, at, at
from fresh_line
order by id;

create temporary table fresh_picking on commit drop as
select (select coalesce(max(id), 0) from public.stock_picking) + row_number() over (order by id) as id,
       (select count(*) from public.stock_picking where picking_type_id = 2) + row_number() over (order by id) as number, id as order_id, at, partner, seller
from fresh
where state = 'sale';

insert into public.stock_picking (id, location_id, location_dest_id, picking_type_id, partner_id, company_id, user_id, create_uid, write_uid, sale_id, name,
                                  origin, move_type, state, priority, scheduled_date, create_date, write_date)
select id, 6, 3, 2, partner, 1, 2, seller, seller, order_id, 'WH/OUT/' || lpad(number::text, 5, '0'), 'S' || lpad(order_id::text, 5, '0'), 'direct', 'assigned', '0',
       at + interval '2 days', at, at
from fresh_picking
order by id;

create temporary table fresh_move on commit drop as
select (select coalesce(max(id), 0) from public.stock_move) + row_number() over (order by l.id) as id, l.id as line_id, l.k, l.product, l.quantity,
       p.id as picking, p.order_id, p.number, p.at, p.partner, p.seller
from fresh_picking p
join fresh_line l on l.order_id = p.order_id;

insert into public.stock_move (id, sequence, company_id, product_id, product_uom, location_id, location_dest_id, partner_id, picking_id, picking_type_id,
                               warehouse_id, sale_line_id, create_uid, write_uid, state, origin, procure_method, reference, product_qty, product_uom_qty,
                               quantity, picked, is_inventory, price_unit, date, create_date, write_date)
select id, 10 * k, 1, product, 1, 6, 3, partner, picking, 2, 1, line_id, seller, seller, 'assigned', 'S' || lpad(order_id::text, 5, '0'), 'make_to_stock',
       'WH/OUT/' || lpad(number::text, 5, '0'), quantity, quantity, quantity, false, false, 0, at + interval '2 days', at, at
from fresh_move
order by id;

insert into public.stock_move_line (id, picking_id, move_id, company_id, product_id, product_uom_id, location_id, location_dest_id, create_uid, write_uid,
                                    state, quantity, quantity_product_uom, picked, date, create_date, write_date)
select (select coalesce(max(id), 0) from public.stock_move_line) + row_number() over (order by id), picking, id, 1, product, 1, 6, 3, seller, seller,
       'assigned', quantity, quantity, false, at, at, at
from fresh_move
order by id;
