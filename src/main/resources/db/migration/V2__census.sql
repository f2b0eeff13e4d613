create table census (
    drill varchar(200) not null primary key,
    point timestamp with time zone
);

create table census_table (
    drill   varchar(200) not null references census (drill),
    name    varchar(200) not null,
    counted bigint       not null,
    primary key (drill, name)
);
