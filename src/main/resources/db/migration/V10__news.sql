-- What happened and was to be told, each once; its id is the same wherever it is noticed.
create table news (
    id             varchar(64)              primary key,
    kind           varchar(20)              not null,
    subject        text                     not null,
    system         varchar(200),
    drill          varchar(300),
    happened       timestamp with time zone not null,
    what           text                     not null,
    problem_what   text,
    problem_where  text,
    problem_remedy text
);
create index news_of_system on news (system, happened);

-- Each news once for each receiver.
create table delivery (
    news       varchar(64)              not null references news (id),
    receiver   varchar(200)             not null,
    state      varchar(20)              not null,
    written    timestamp with time zone not null,
    -- Not before this moment it is tried.
    due        timestamp with time zone not null,
    -- Who tries it now, and until when nobody else does.
    holder     varchar(200),
    held_until timestamp with time zone,
    attempts   integer                  not null,
    primary key (news, receiver)
);
create index delivery_by_state on delivery (state, receiver, due);

create table delivery_attempt (
    news           varchar(64)              not null,
    receiver       varchar(200)             not null,
    number         integer                  not null,
    tried          timestamp with time zone not null,
    took_seconds   numeric(21, 9)           not null,
    answer         text                     not null,
    problem_what   text,
    problem_where  text,
    problem_remedy text,
    primary key (news, receiver, number),
    foreign key (news, receiver) references delivery (news, receiver)
);
