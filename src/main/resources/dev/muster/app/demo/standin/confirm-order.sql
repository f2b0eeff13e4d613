-- $1 the user, $2 the order
update sale_order set state = 'sale', date_order = now(), invoice_status = 'to invoice', delivery_status = 'pending', write_uid = $1, write_date = now()
where id = $2 and state in ('draft', 'sent');
update sale_order_line set state = 'sale', invoice_status = 'to invoice', write_uid = $1, write_date = now() where order_id = $2;
insert into stock_picking (location_id, location_dest_id, picking_type_id, partner_id, company_id, user_id, create_uid, write_uid, sale_id, name, origin,
                           move_type, state, priority, scheduled_date, create_date, write_date)
select t.default_location_src_id, t.default_location_dest_id, t.id, o.partner_id, o.company_id, $1, $1, $1, o.id,
       'WH/OUT/' || lpad(((select count(*) from stock_picking where picking_type_id = t.id) + 1)::text, 5, '0'), o.name, 'direct', 'assigned', '0', now(),
       now(), now()
from sale_order o join stock_picking_type t on t.code = 'outgoing'
where o.id = $2;
insert into stock_move (sequence, company_id, product_id, product_uom, location_id, location_dest_id, partner_id, picking_id, picking_type_id, warehouse_id,
                        sale_line_id, create_uid, write_uid, state, origin, procure_method, reference, product_qty, product_uom_qty, quantity, picked,
                        is_inventory, price_unit, date, create_date, write_date)
select 10, l.company_id, l.product_id, l.product_uom_id, p.location_id, p.location_dest_id, p.partner_id, p.id, p.picking_type_id, 1, l.id, $1, $1,
       'assigned', p.origin, 'make_to_stock', p.name, l.product_uom_qty, l.product_uom_qty, 0, false, false, 0, now(), now(), now()
from sale_order_line l join stock_picking p on p.sale_id = l.order_id
where l.order_id = $2;
