-- Sources, their identifiers and their notices.

-- Of a source only the record that it was merged into can change.
CREATE FUNCTION causeway_source_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before jsonb := to_jsonb(OLD) - 'merged_into_id';
    after jsonb := to_jsonb(NEW) - 'merged_into_id';
BEGIN
    IF NEW.created_by_id IS NULL THEN
        before := before - 'created_by_id';
        after := after - 'created_by_id';
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
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON wiki_sourceid
    FOR EACH ROW EXECUTE FUNCTION causeway_append_only();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON wiki_sourceid
    FOR EACH STATEMENT EXECUTE FUNCTION causeway_no_truncate();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON wiki_sourcenotice
    FOR EACH ROW EXECUTE FUNCTION causeway_append_only();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON wiki_sourcenotice
    FOR EACH STATEMENT EXECUTE FUNCTION causeway_no_truncate();
