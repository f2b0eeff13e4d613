-- The runbooks whose slots count, and since when.
create table watched_runbook (
    runbook  varchar(200)             primary key,
    system   varchar(200)             not null,
    since    timestamp with time zone not null,
    -- What tells its schedule and calendars from other versions of them.
    plan     varchar(64)              not null,
    -- Up to here its slots are in the table of slots.
    sketched timestamp with time zone not null
);

-- Each slot, once: whoever changes its row from COMING is the only one.
create table slot (
    runbook   varchar(200)             not null,
    due       timestamp with time zone not null,
    system    varchar(200)             not null,
    starts    timestamp with time zone not null,
    state     varchar(20)              not null,
    forbidden varchar(1000),
    why       varchar(2000),
    drill     varchar(300),
    -- Whether a drill is still to make up for it, and which did.
    make_up   boolean                  not null,
    made_up   varchar(300),
    changed   timestamp with time zone not null,
    -- Whether the ledger has it.
    noted     boolean                  not null,
    primary key (runbook, due)
);
create index slot_state on slot (state, due);

create table last_look (
    looker  varchar(20)              primary key,
    at      timestamp with time zone not null
);

-- Each time that a system became overdue, once.
create table overdue (
    system varchar(200)             not null,
    since  timestamp with time zone not null,
    noted  boolean                  not null,
    primary key (system, since)
);
