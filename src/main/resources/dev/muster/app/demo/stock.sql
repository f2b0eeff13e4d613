-- Goods that left the house and goods that came in since the last time.

create temporary table due on commit drop as
select p.id as picking, p.sale_id as order_id, pg_temp.delivered_at(p.sale_id) as at
from public.stock_picking p
where p.state = 'assigned' and pg_temp.delivered_at(p.sale_id) <= pg_temp.until();

update public.stock_picking p set state = 'done', date_done = d.at, write_date = d.at, write_uid = 2 from due d where p.id = d.picking;

update public.stock_move m set state = 'done', picked = true, date = d.at, write_date = d.at, write_uid = 2 from due d where m.picking_id = d.picking;

update public.stock_move_line l set state = 'done', picked = true, date = d.at, write_date = d.at, write_uid = 2 from due d where l.picking_id = d.picking;

update public.sale_order o set delivery_status = 'full', effective_date = d.at, write_date = greatest(write_date, d.at) from due d where o.id = d.order_id;

update public.sale_order_line l set qty_delivered = product_uom_qty, write_date = greatest(write_date, d.at) from due d where l.order_id = d.order_id;

-- Each supplier delivers once a month.
create temporary table receipt on commit drop as
select (select coalesce(max(id), 0) from public.stock_picking) + row_number() over (order by at, supplier) as id,
       (select count(*) from public.stock_picking where picking_type_id = 1) + row_number() over (order by at, supplier) as number, month, supplier, at
from (select month, supplier, date_trunc('second', pg_temp.newest() - (month * 30 + supplier * 2 + pg_temp.chance('receipt', month * 12 + supplier)) * interval '1 day') as at
      from generate_series(0, 11) month cross join generate_series(1, 12) supplier) arrivals
where at <= pg_temp.until()
  and at > (select coalesce(max(date_done), '-infinity') from public.stock_picking where picking_type_id = 1);

insert into public.stock_picking (id, location_id, location_dest_id, picking_type_id, partner_id, company_id, user_id, create_uid, write_uid, name, move_type,
                                  state, priority, scheduled_date, date_done, create_date, write_date)
select id, 2, 6, 1, 20 + supplier, 1, 2, 2, 2, 'WH/IN/' || lpad(number::text, 5, '0'), 'direct', 'done', '0', at, at, at - interval '7 days', at
from receipt
order by id;

create temporary table receipt_move on commit drop as
select (select coalesce(max(id), 0) from public.stock_move) + row_number() over (order by r.id, p.id) as id, r.id as picking, r.number, r.supplier, r.at,
       p.id as product, pg_temp.whole('received', p.id * 12 + r.month, 20, 50)::numeric as quantity
from receipt r
join public.product_product p on p.id % 12 + 1 = r.supplier and p.id <= 600;

insert into public.stock_move (id, sequence, company_id, product_id, product_uom, location_id, location_dest_id, partner_id, picking_id, picking_type_id,
                               warehouse_id, create_uid, write_uid, state, procure_method, reference, product_qty, product_uom_qty, quantity, picked,
                               is_inventory, price_unit, date, create_date, write_date)
select id, 10, 1, product, 1, 2, 6, 20 + supplier, picking, 1, 1, 2, 2, 'done', 'make_to_stock', 'WH/IN/' || lpad(number::text, 5, '0'), quantity, quantity,
       quantity, true, false, 0, at, at - interval '7 days', at
from receipt_move
order by id;

insert into public.stock_move_line (id, picking_id, move_id, company_id, product_id, product_uom_id, location_id, location_dest_id, create_uid, write_uid,
                                    state, quantity, quantity_product_uom, picked, date, create_date, write_date)
select (select coalesce(max(id), 0) from public.stock_move_line) + row_number() over (order by id), picking, id, 1, product, 1, 2, 6, 2, 2, 'done', quantity,
       quantity, true, at, at, at
from receipt_move
order by id;
