-- The tenants of fleets as they were called up; one that came back counts from then.
create table fleet_tenant (
    fleet  varchar(200)             not null,
    tenant varchar(100)             not null,
    since  timestamp with time zone not null,
    gone   timestamp with time zone,
    primary key (fleet, tenant)
);

-- What was chosen for a slot of a fleet, and from what: each slot once.
create table fleet_sample (
    id         varchar(200)             not null primary key,
    fleet      varchar(200)             not null,
    slot       timestamp with time zone not null,
    made       timestamp with time zone not null,
    seed       varchar(64)              not null,
    digest     varchar(64)              not null,
    -- All that the choice was made from: JSON, packed by gzip, in Base64.
    basis      text                     not null,
    refused    text                     not null,
    duplicates integer                  not null,
    vanished   text                     not null,
    -- Why nothing could be chosen.
    problem    text,
    -- Whether the ledger has it, and the drills are in the queue.
    settled    boolean                  not null,
    constraint sample_of_slot unique (fleet, slot)
);

create table fleet_choice (
    sample varchar(200) not null references fleet_sample (id),
    tenant varchar(100) not null,
    system varchar(200) not null,
    kind   varchar(20)  not null,
    weight integer      not null,
    drill  varchar(200) not null,
    primary key (sample, tenant)
);

-- A slot of a fleet begins drills of several systems.
alter table queued drop constraint slot_attempt;
alter table queued add constraint slot_attempt unique (runbook, slot, system, attempt);

create index drill_by_runbook on drill (runbook, system, planned);
