alter table drill add column runbook_sha256 varchar(64);

create index drill_by_outcome on drill (verdict, system, runbook, planned);

-- What a drill measured for each business process; the name is empty for the whole system.
create table drill_process (
    drill       varchar(200) not null references drill (id),
    name        varchar(200) not null,
    rpo_target  numeric(21, 9),
    rpo_seconds numeric(21, 9),
    rpo_formula text         not null,
    rto_target  numeric(21, 9),
    rto_seconds numeric(21, 9),
    rto_formula text         not null,
    primary key (drill, name)
);
