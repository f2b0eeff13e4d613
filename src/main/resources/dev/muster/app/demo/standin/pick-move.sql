-- $1 the user, $2 the move, $3 the quantity
update stock_move set quantity = $3, picked = true, write_uid = $1, write_date = now() where id = $2;
