-- $1 the user, $2 the picking
update stock_move set state = 'done', date = now(), write_uid = $1, write_date = now() where picking_id = $2 and picked;
update stock_picking set state = 'done', date_done = now(), write_uid = $1, write_date = now()
where id = $2 and not exists (select from stock_move where picking_id = $2 and state <> 'done');
update sale_order_line l set qty_delivered = m.quantity, write_date = now() from stock_move m where m.sale_line_id = l.id and m.picking_id = $2;
update stock_quant q set quantity = q.quantity - m.quantity, write_date = now()
from stock_move m where m.picking_id = $2 and q.product_id = m.product_id and q.location_id = m.location_id;
