-- $1 the user, $2 the customer, $3 the product, $4 the quantity
with numbered as (
  update ir_sequence set number_next = number_next + number_increment where code = 'sale.order'
  returning prefix
), made as (
  insert into sale_order (company_id, partner_id, partner_invoice_id, partner_shipping_id, currency_id, user_id, warehouse_id, create_uid, write_uid, name,
                          state, invoice_status, picking_policy, amount_untaxed, amount_tax, amount_total, locked, create_date, date_order, write_date)
  select c.id, $2, $2, $2, c.currency_id, $1, 1, $1, $1,
         prefix || lpad((select max(id) + 1 from sale_order)::text, 5, '0'), 'draft', 'no', 'direct', $4 * t.list_price,
         round($4 * t.list_price * 0.19, 2), $4 * t.list_price + round($4 * t.list_price * 0.19, 2), false, now(), now(), now()
  from numbered, res_company c, product_product p join product_template t on t.id = p.product_tmpl_id
  where c.id = 1 and p.id = $3
  returning id, amount_untaxed
)
insert into sale_order_line (order_id, sequence, company_id, currency_id, order_partner_id, salesman_id, product_id, product_uom_id, create_uid, write_uid,
                             state, qty_delivered_method, invoice_status, name, product_uom_qty, price_unit, discount, price_subtotal, qty_delivered,
                             qty_invoiced, is_downpayment, customer_lead, create_date, write_date)
select made.id, 10, 1, 1, $2, $1, $3, 1, $1, $1, 'draft', 'stock_move', 'no', t.name ->> 'en_US', $4, t.list_price, 0, made.amount_untaxed, 0, 0, false, 0,
       now(), now()
from made, product_product p join product_template t on t.id = p.product_tmpl_id
where p.id = $3
returning order_id;
