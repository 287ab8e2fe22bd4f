-- The figures in PostgreSQL (12 or later), for `observations: postgresql` in config.yaml.
-- By the owner of the schema: psql -v ON_ERROR_STOP=1 -f observations.sql

begin;

-- The columns of data/<year>.csv, as texts: what is wrong in a row is said as for a file.
create table observations (
    id          bigint generated always as identity primary key,
    territory   text not null,
    indicator   text not null,
    corridor    text,
    period      text not null,
    value       text,
    qualifier   text,
    change      text,
    compared_to text,
    source      text not null,
    page        text,
    note        text,
    -- these are filled for few rows: see docs/add-data.md
    noun        text,
    "window"    text,
    status      text,
    printed     text
);
create index observations_by_year on observations (left(period, 4));

-- How often the rows of each year have changed: servers read again what has.
create table observation_years (
    year    text primary key,
    changes bigint not null
);

create function count_observation_changes() returns trigger language plpgsql as $$
begin
    if tg_op in ('INSERT', 'UPDATE') then
        insert into observation_years select distinct left(period, 4), 1 from new_rows
            on conflict (year) do update set changes = observation_years.changes + 1;
    end if;
    if tg_op in ('DELETE', 'UPDATE') then
        insert into observation_years select distinct left(period, 4), 1 from old_rows
            on conflict (year) do update set changes = observation_years.changes + 1;
    end if;
    return null;
end $$;

create trigger count_inserts after insert on observations
    referencing new table as new_rows
    for each statement execute function count_observation_changes();
create trigger count_updates after update on observations
    referencing new table as new_rows old table as old_rows
    for each statement execute function count_observation_changes();
create trigger count_deletes after delete on observations
    referencing old table as old_rows
    for each statement execute function count_observation_changes();

create function count_truncation() returns trigger language plpgsql as $$
begin
    update observation_years set changes = changes + 1;
    return null;
end $$;
create trigger count_truncations after truncate on observations
    for each statement execute function count_truncation();

commit;

-- The account of the dashboard reads, and no more:
-- grant select on observations, observation_years to atlas;
