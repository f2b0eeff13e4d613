-- What follows from everything so far: the stock on the shelves, and where each counter stands.

insert into public.stock_quant as q (product_id, company_id, location_id, create_uid, write_uid, inventory_date, quantity, reserved_quantity, in_date,
                                     create_date, write_date)
select product_id, case when location_id in (4, 6) then 1 end, location_id, 1, 1, date_trunc('year', pg_temp.until())::date + 364, sum(amount), 0,
       min(at), min(at), max(at)
from (select product_id, location_dest_id as location_id, quantity as amount, date as at from public.stock_move where state = 'done'
      union all
      select product_id, location_id, -quantity, date from public.stock_move where state = 'done') flows
group by product_id, location_id
order by product_id, location_id
on conflict (product_id, location_id) do update set quantity = excluded.quantity, write_date = excluded.write_date;

update public.stock_quant q set reserved_quantity = coalesce(
  (select sum(m.quantity) from public.stock_move m
   where m.state = 'assigned' and m.product_id = q.product_id and m.location_id = q.location_id), 0)
where q.location_id = 6;

-- Sequences stand behind the highest number given out, as they do when an application has drawn them one by one.

do $$
declare
  name text;
begin
  for name in select table_name from information_schema.columns
              where table_schema = 'public' and column_name = 'id' and column_default like 'nextval%' loop
    execute format('select setval(pg_get_serial_sequence(%L, ''id''), greatest(max(id), 1), max(id) is not null) from public.%I', 'public.' || name, name);
  end loop;
end
$$;

select setval('public.ir_sequence_001', greatest((select max(id) from public.sale_order), 1));

update public.ir_sequence set number_next = 1 + (select count(*) from public.stock_picking where picking_type_id = 1) where id = 2;
update public.ir_sequence set number_next = 1 + (select count(*) from public.stock_picking where picking_type_id = 2) where id = 3;

refresh materialized view public.sale_month;
