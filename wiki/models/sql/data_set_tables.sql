-- Data sets: one part of each table for each release. A release is filled beside the table and then attached
-- (`models/data_sets/releases.py`); one release of a data set is attached at a time.

-- Entries count down from -1, pages count up from 1: one number space for the graph, and none is both.
CREATE SEQUENCE wiki_entry_numbers INCREMENT BY -1 START WITH -1;

CREATE TABLE wiki_entry (
    id bigint NOT NULL CHECK (id < 0),
    release_id bigint NOT NULL,
    code text COLLATE "C" NOT NULL,
    kind varchar(20) NOT NULL,
    name text NOT NULL,
    definition text NOT NULL DEFAULT '',
    comment text NOT NULL DEFAULT '',
    synonyms text[] NOT NULL DEFAULT '{}',
    former_codes text[] NOT NULL DEFAULT '{}',
    links integer NOT NULL DEFAULT 0,
    disease_count integer NOT NULL DEFAULT 0,
    search tsvector,
    PRIMARY KEY (release_id, id)
) PARTITION BY LIST (release_id);
CREATE INDEX entry_by_number ON wiki_entry (id);
CREATE INDEX entry_by_code ON wiki_entry (code);
CREATE INDEX entry_by_former_code ON wiki_entry USING gin (former_codes) WHERE former_codes <> '{}';
CREATE INDEX entry_by_word ON wiki_entry USING gin (search);
CREATE INDEX entry_by_name ON wiki_entry (lower(name) text_pattern_ops);

CREATE TABLE wiki_entryancestor (
    release_id bigint NOT NULL,
    entry_id bigint NOT NULL,
    ancestor_id bigint NOT NULL,
    distance smallint NOT NULL,
    PRIMARY KEY (release_id, entry_id, ancestor_id)
) PARTITION BY LIST (release_id);
CREATE INDEX entry_ancestor_by_entry ON wiki_entryancestor (entry_id, distance);
CREATE INDEX entry_ancestor_by_ancestor ON wiki_entryancestor (ancestor_id, distance);

CREATE TABLE wiki_entrycode (
    release_id bigint NOT NULL,
    entry_id bigint NOT NULL,
    system varchar(40) NOT NULL,
    code text COLLATE "C" NOT NULL,
    PRIMARY KEY (release_id, entry_id, system, code)
) PARTITION BY LIST (release_id);
CREATE INDEX entry_code_by_code ON wiki_entrycode (system, code);
CREATE INDEX entry_code_by_entry ON wiki_entrycode (entry_id);

CREATE TABLE wiki_datarow (
    key varchar(64) NOT NULL,
    release_id bigint NOT NULL,
    subject_id bigint NOT NULL,
    relation varchar(30) NOT NULL,
    object_id bigint NOT NULL,
    denied boolean NOT NULL DEFAULT false,
    frequency text NOT NULL DEFAULT '',
    share_low numeric(7, 4),
    share_high numeric(7, 4),
    sources text[] NOT NULL DEFAULT '{}',
    evidence varchar(20) NOT NULL DEFAULT '',
    details jsonb NOT NULL DEFAULT '{}',
    PRIMARY KEY (release_id, key)
) PARTITION BY LIST (release_id);
CREATE INDEX data_row_by_key ON wiki_datarow (key);
CREATE INDEX data_row_by_subject ON wiki_datarow (subject_id, object_id) WHERE NOT denied;
CREATE INDEX data_row_by_object ON wiki_datarow (object_id, subject_id) WHERE NOT denied;
CREATE INDEX data_row_by_subject_often ON wiki_datarow (subject_id, (coalesce(share_high, 0)), key) WHERE NOT denied;
CREATE INDEX data_row_by_object_often ON wiki_datarow (object_id, (coalesce(share_high, 0)), key) WHERE NOT denied;
CREATE INDEX data_row_denied ON wiki_datarow (subject_id, object_id) WHERE denied;

CREATE TABLE wiki_entryfinding (
    release_id bigint NOT NULL,
    finding_id bigint NOT NULL,
    disease_id bigint NOT NULL,
    share double precision NOT NULL
) PARTITION BY LIST (release_id);
CREATE INDEX entry_finding_by_finding ON wiki_entryfinding (finding_id, share) INCLUDE (disease_id);
