-- Sources, their identifiers and their notices.

-- Of a source the record that it was merged into can change; its own words only to those of a check that is applied.
CREATE FUNCTION causeway_source_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before jsonb := to_jsonb(OLD) - 'merged_into_id';
    after jsonb := to_jsonb(NEW) - 'merged_into_id';
BEGIN
    IF NEW.created_by_id IS NULL THEN
        before := before - 'created_by_id';
        after := after - 'created_by_id';
    END IF;
    IF before <> after AND NEW.checked = 'full' AND EXISTS (
        SELECT 1 FROM wiki_sourcecheck said
        WHERE said.source_id = NEW.id AND said.is_applied
            AND said.csl = NEW.csl AND said.type = NEW.type AND said.compared_with = NEW.checked_how
    ) THEN
        before := before - ARRAY['csl', 'text', 'year', 'type', 'checked', 'checked_how'];
        after := after - ARRAY['csl', 'text', 'year', 'type', 'checked', 'checked_how'];
    END IF;
    IF before <> after THEN
        RAISE EXCEPTION 'wiki_source is append-only' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER append_only BEFORE DELETE ON wiki_source
    FOR EACH ROW EXECUTE FUNCTION causeway_append_only();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON wiki_source
    FOR EACH STATEMENT EXECUTE FUNCTION causeway_no_truncate();
CREATE TRIGGER source_is_fixed BEFORE UPDATE ON wiki_source
    FOR EACH ROW EXECUTE FUNCTION causeway_source_is_fixed();

-- A check stays as it was asked; it is decided once. A removed account leaves its name.
CREATE FUNCTION causeway_source_check_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    decision text[] := ARRAY['decided_by_id', 'decided_by_name', 'decided_at', 'is_applied', 'reason'];
    people text[] := ARRAY[]::text[];
    before jsonb := to_jsonb(OLD);
    after jsonb := to_jsonb(NEW);
BEGIN
    IF OLD.decided_at IS NULL THEN
        before := before - decision;
        after := after - decision;
    END IF;
    IF NEW.asked_by_id IS NULL AND OLD.asked_by_id IS NOT NULL THEN
        people := people || ARRAY['asked_by_id', 'asked_by_name'];
    END IF;
    IF NEW.decided_by_id IS NULL AND OLD.decided_by_id IS NOT NULL THEN
        people := people || ARRAY['decided_by_id', 'decided_by_name'];
    END IF;
    IF before - people <> after - people THEN
        RAISE EXCEPTION 'wiki_sourcecheck is append-only' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER source_check_is_fixed BEFORE UPDATE ON wiki_sourcecheck
    FOR EACH ROW EXECUTE FUNCTION causeway_source_check_is_fixed();
CREATE TRIGGER append_only BEFORE DELETE ON wiki_sourcecheck
    FOR EACH ROW EXECUTE FUNCTION causeway_append_only();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON wiki_sourcecheck
    FOR EACH STATEMENT EXECUTE FUNCTION causeway_no_truncate();

-- An identifier becomes a former one, or stops being one, as the last check of its source that was applied has it.
CREATE FUNCTION causeway_source_id_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    right_value text := (
        SELECT coalesce(said.ids ->> NEW.scheme, '') FROM wiki_sourcecheck said
        WHERE said.source_id = NEW.source_id AND said.is_applied ORDER BY said.decided_at DESC, said.id DESC LIMIT 1
    );
BEGIN
    IF to_jsonb(OLD) - 'is_former' <> to_jsonb(NEW) - 'is_former'
        OR NEW.is_former IS DISTINCT FROM (right_value <> NEW.value) THEN
        RAISE EXCEPTION 'wiki_sourceid is append-only' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER source_id_is_fixed BEFORE UPDATE ON wiki_sourceid
    FOR EACH ROW EXECUTE FUNCTION causeway_source_id_is_fixed();
CREATE TRIGGER append_only BEFORE DELETE ON wiki_sourceid
    FOR EACH ROW EXECUTE FUNCTION causeway_append_only();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON wiki_sourceid
    FOR EACH STATEMENT EXECUTE FUNCTION causeway_no_truncate();

-- A notice can come by more identifiers later, be given to the record itself, and be taken off it again.
CREATE FUNCTION causeway_source_notice_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(OLD) - 'keys' <> to_jsonb(NEW) - 'keys'
        OR NOT coalesce(NEW.keys @> OLD.keys, NEW.keys IS NULL OR (OLD.keys IS NULL AND NEW.keys = '{}')) THEN
        RAISE EXCEPTION 'wiki_sourcenotice is append-only' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER source_notice_is_fixed BEFORE UPDATE ON wiki_sourcenotice
    FOR EACH ROW EXECUTE FUNCTION causeway_source_notice_is_fixed();
CREATE TRIGGER append_only BEFORE DELETE ON wiki_sourcenotice
    FOR EACH ROW EXECUTE FUNCTION causeway_append_only();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON wiki_sourcenotice
    FOR EACH STATEMENT EXECUTE FUNCTION causeway_no_truncate();
