-- What rules and readers rest on beside the chained record: every state of every row is bound when it is written.

-- A value as JSON text, without blanks and with its keys in order, as RFC 8785 has it of texts and whole numbers.
CREATE FUNCTION causeway_ordered_json(value jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE jsonb_typeof(value)
        WHEN 'object' THEN (
            SELECT '{' || coalesce(
                string_agg(to_json(key)::text || ':' || causeway_ordered_json(one), ',' ORDER BY key COLLATE "C"), ''
            ) || '}' FROM jsonb_each(value) AS pair(key, one)
        )
        ELSE value::text
    END
$$;

CREATE FUNCTION causeway_sha256(words text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT encode(sha256(convert_to(words, 'UTF8')), 'hex')
$$;

-- Bind the state of a row as it was just written: a digest of each column, salted so that nobody finds a value by
-- guessing. The arguments name the columns left out. It runs as the last thing before the commit, so that no act
-- waits for another while it holds the chain. A row that is gone is bound without columns.
CREATE FUNCTION causeway_bind_state() RETURNS trigger LANGUAGE plpgsql SET timezone TO 'UTC' AS $$
DECLARE
    called text := regexp_replace(TG_TABLE_NAME, '^wiki_', '');
    written jsonb := CASE TG_OP WHEN 'DELETE' THEN '{}'::jsonb ELSE to_jsonb(NEW) - coalesce(TG_ARGV, '{}') END;
    which bigint := CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END;
    salt text := CASE TG_OP WHEN 'DELETE' THEN '' ELSE replace(gen_random_uuid()::text, '-', '') END;
    bound jsonb;
    last record;
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - coalesce(TG_ARGV, '{}') = written THEN
        RETURN NULL;
    END IF;
    SELECT coalesce(jsonb_object_agg(key, left(causeway_sha256(salt || ' ' || key || ' ' || one::text), 32)), '{}')
        INTO bound FROM jsonb_each(written) AS pair(key, one);
    bound := jsonb_build_object('columns', bound, 'salt', salt);
    PERFORM pg_advisory_xact_lock(51717, 4);
    SELECT place, digest INTO last FROM wiki_rowstate ORDER BY place DESC LIMIT 1;
    INSERT INTO wiki_rowstate (place, "table", "row", payload, previous, digest) VALUES (
        coalesce(last.place, 0) + 1, called, which, bound, coalesce(last.digest, ''),
        causeway_sha256(causeway_ordered_json(jsonb_build_object(
            'chain', 'rows',
            'place', coalesce(last.place, 0) + 1,
            'table', called,
            'row', which,
            'payload', causeway_sha256(causeway_ordered_json(bound)),
            'previous', coalesce(last.digest, '')
        )))
    );
    RETURN NULL;
END $$;

DO $$
DECLARE
    called text;
BEGIN
    FOREACH called IN ARRAY ARRAY[
        'address', 'application', 'correction', 'credential', 'disclosure', 'image', 'interest', 'interest_pages', 'opening', 'page',
        'meaningwithdrawal', 'remark', 'report', 'requirement', 'secondread', 'source', 'sourcecheck', 'sourceid', 'sourcenotice', 'suppression', 'task'
    ] LOOP
        EXECUTE format('CREATE CONSTRAINT TRIGGER state_is_bound AFTER INSERT OR UPDATE OR DELETE ON wiki_%s '
            'DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION causeway_bind_state()', called);
    END LOOP;
END $$;
CREATE CONSTRAINT TRIGGER state_is_bound AFTER INSERT OR UPDATE OR DELETE ON wiki_user
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION causeway_bind_state('password', 'last_login', 'mailing', 'not_mailed');

-- Who opened which comparison is kept as long as the account of whoever did.
CREATE FUNCTION causeway_opening_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM wiki_user WHERE id = OLD.person_id) THEN
        RAISE EXCEPTION 'what was opened stays on record' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER opening_is_kept AFTER DELETE ON wiki_opening
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION causeway_opening_is_kept();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON wiki_opening
    FOR EACH STATEMENT EXECUTE FUNCTION causeway_no_truncate();

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON wiki_rowstate
    FOR EACH ROW EXECUTE FUNCTION causeway_append_only();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON wiki_rowstate
    FOR EACH STATEMENT EXECUTE FUNCTION causeway_no_truncate();
