-- Who may come in, and by what they show who they are. Of every secret there is a digest only.
create table person (
    name           varchar(200) primary key,
    display        varchar(200) not null,
    roles          varchar(200) not null,
    active         boolean not null,
    password       varchar(200),
    one_time_until timestamp with time zone,
    issuer         varchar(500),
    subject        varchar(255),
    made           timestamp with time zone not null,
    last_sign_in   timestamp with time zone,
    unique (issuer, subject)
);

create table person_session (
    digest  varchar(64) primary key,
    person  varchar(200) not null references person (name) on delete cascade,
    means   varchar(20) not null,
    began   timestamp with time zone not null,
    seen    timestamp with time zone not null,
    address varchar(64) not null,
    browser varchar(200) not null
);

create index person_session_person on person_session (person);

create table person_token (
    id      varchar(40) primary key,
    digest  varchar(64) not null,
    person  varchar(200) not null references person (name) on delete cascade,
    label   varchar(100) not null,
    rights  varchar(200) not null,
    made    timestamp with time zone not null,
    expires timestamp with time zone not null,
    used    timestamp with time zone,
    revoked timestamp with time zone
);

create index person_token_person on person_token (person);

-- A browser in which somebody has signed in before is not held up by what others try.
create table person_browser (
    digest varchar(64) not null,
    person varchar(200) not null references person (name) on delete cascade,
    known  timestamp with time zone not null,
    primary key (digest, person)
);

-- Somebody who is at the provider now, and comes back with the state.
create table sign_on (
    digest   varchar(64) primary key,
    browser  varchar(64) not null,
    nonce    varchar(64) not null,
    verifier varchar(128) not null,
    target   varchar(1000) not null,
    begun    timestamp with time zone not null
);

create table sign_in_try (
    subject varchar(250) primary key,
    failed  integer not null,
    tried   timestamp with time zone not null,
    again   timestamp with time zone not null
);

-- What happens too often to be noted each time, by the hour.
create table audit_count (
    subject varchar(250) not null,
    since   timestamp with time zone not null,
    times   integer not null,
    primary key (subject, since)
);
