create table drill (
    id          varchar(200)             not null primary key,
    runbook     varchar(200)             not null,
    system      varchar(200)             not null,
    planned     timestamp with time zone not null,
    started     timestamp with time zone,
    finished    timestamp with time zone,
    verdict     varchar(20),
    disaster    timestamp with time zone not null,
    rpo_seconds numeric(18, 3),
    rto_seconds numeric(18, 3),
    summary     text                     not null,
    bundle      text
);

create index drill_by_system on drill (system, planned);
