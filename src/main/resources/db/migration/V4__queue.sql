create table queued (
    drill       varchar(200)             not null primary key,
    runbook     varchar(200)             not null,
    system      varchar(200)             not null,
    slot        timestamp with time zone,
    attempt     integer                  not null,
    asked       timestamp with time zone not null,
    asked_by    varchar(200)             not null,
    asked_once  varchar(200),
    cause       varchar(20)              not null,
    wish        text                     not null,
    state       varchar(20)              not null,
    not_before  timestamp with time zone,
    approved_by varchar(200),
    process     varchar(300),
    started     timestamp with time zone,
    waits_for   text,
    stop        text,
    -- The system as long as the drill runs, and nothing before and after: two drills of a system cannot run at once.
    occupies    varchar(200),
    constraint asked_once unique (asked_by, asked_once),
    constraint slot_attempt unique (runbook, slot, attempt),
    constraint one_per_system unique (occupies)
);

create index queued_by_state on queued (state, asked);

-- Whoever changes the queue holds this row, so that all processes do so in turn.
create table queue_turn (
    id integer not null primary key
);

insert into queue_turn (id) values (1);

create table process (
    name    varchar(300)             not null primary key,
    address varchar(300)             not null,
    began   timestamp with time zone not null,
    seen    timestamp with time zone not null
);

create table live (
    drill   varchar(200)             not null primary key,
    at      timestamp with time zone not null,
    picture text                     not null
);
