-- What figures over time are made of, beside what a drill measured; what is not known is null.
alter table drill add column bytes bigint;
alter table drill add column machine varchar(300);
alter table drill add column backups_tried integer;
alter table drill add column backups_restored integer;
alter table drill add column checks_passed integer;
alter table drill add column checks_failed integer;
alter table drill add column checks_could_not_run integer;
alter table drill add column checks_aborted integer;
alter table drill add column detection numeric(10, 9);

create index drill_by_end on drill (finished);

-- How long each stage of a drill took.
create table drill_stage (
    drill   varchar(200)   not null references drill (id),
    stage   varchar(20)    not null,
    seconds numeric(21, 9) not null,
    primary key (drill, stage)
);

-- What is done about the findings of a drill; the id is the number of the follow-up that it began with.
create table drill_action (
    drill  varchar(200)             not null references drill (id),
    id     varchar(20)              not null,
    what   text                     not null,
    owner  text,
    opened timestamp with time zone not null,
    due    date,
    closed timestamp with time zone,
    primary key (drill, id)
);
