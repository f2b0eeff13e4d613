-- When things happen and how large they are, as functions of the seed alone: the same seed and the same instant give
-- the same company. They live in the session only and never reach a dump.

create function pg_temp.until() returns timestamp language sql stable
  return current_setting('estate.until')::timestamp;

create function pg_temp.newest() returns timestamp language sql stable
  return current_setting('estate.newest')::timestamp;

create function pg_temp.orders() returns bigint language sql stable
  return current_setting('estate.orders')::bigint;

-- A number from 0 up to but not including 1, for the nth thing of a kind.
create function pg_temp.chance(kind text, n bigint) returns double precision language sql stable
  return (hashtextextended(kind || n, current_setting('estate.seed')::bigint) & 9007199254740991) / 9007199254740992.0::double precision;

create function pg_temp.whole(kind text, n bigint, lowest integer, highest integer) returns integer language sql stable
  return lowest + floor(pg_temp.chance(kind, n) * (highest - lowest + 1))::integer;

-- Orders come one per stretch of the past year, somewhere within it; the last one exactly at the newest instant.
create function pg_temp.ordered_at(n bigint) returns timestamp language sql stable
  return date_trunc('second', pg_temp.newest()
    - (pg_temp.orders() - n + case when n = pg_temp.orders() then 0 else pg_temp.chance('ordered', n) end)
    * (interval '365 days' / pg_temp.orders()));

create function pg_temp.delivered_at(n bigint) returns timestamp language sql stable
  return pg_temp.ordered_at(n) + interval '3 hours' + pg_temp.whole('delivered', n, 0, 162000) * interval '1 second';

-- Every fifth customer pays online and gets the invoice at once.
create function pg_temp.invoiced_at(n bigint) returns timestamp language sql stable
  return case when n % 5 = 0 then pg_temp.ordered_at(n) + interval '1 minute'
              else pg_temp.delivered_at(n) + interval '2 hours' end;

-- One in thirty never pays.
create function pg_temp.paid_at(n bigint) returns timestamp language sql stable
  return case when n % 5 = 0 then pg_temp.ordered_at(n) + interval '9 minutes'
              when pg_temp.chance('unpaid', n) < 0.033 then 'infinity'
              else pg_temp.invoiced_at(n) + pg_temp.whole('paid', n, 1, 40) * interval '1 day' end;
