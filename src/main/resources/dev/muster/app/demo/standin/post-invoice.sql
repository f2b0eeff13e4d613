-- $1 the user, $2 the invoice
update account_move m
set state = 'posted', posted_before = true, sequence_prefix = last.prefix, sequence_number = last.number + 1,
    name = last.prefix || lpad((last.number + 1)::text, 5, '0'), write_uid = $1, write_date = now()
from (select 'INV/' || extract(year from now()) || '/' as prefix,
             (select coalesce(max(sequence_number), 0) from account_move where sequence_prefix = 'INV/' || extract(year from now()) || '/') as number) last
where m.id = $2 and m.state = 'draft';
update account_move_line l set parent_state = 'posted', move_name = m.name, write_date = now() from account_move m where m.id = l.move_id and m.id = $2;
