-- Remarks on a submission, and who opened which comparison.

-- Who opened which comparison is part of what an approval rests on: only the time in view grows.
CREATE FUNCTION causeway_opening_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) - 'seconds' <> to_jsonb(OLD) - 'seconds' OR NEW.seconds < OLD.seconds THEN
        RAISE EXCEPTION 'what was opened stays on record' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- The words of a remark cannot be changed. A thread is resolved and opened again; removing an account takes
-- the account away and leaves the name.
CREATE FUNCTION causeway_remark_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before jsonb;
    after jsonb;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a remark is kept' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    before := to_jsonb(OLD) - 'resolved_at' - 'resolved_by_id' - 'resolved_by_name';
    after := to_jsonb(NEW) - 'resolved_at' - 'resolved_by_id' - 'resolved_by_name';
    IF NEW.author_id IS NULL THEN
        before := before - 'author_id';
        after := after - 'author_id';
    END IF;
    IF before <> after THEN
        RAISE EXCEPTION 'the words of a remark cannot be changed'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER opening_is_fixed BEFORE UPDATE ON wiki_opening
    FOR EACH ROW EXECUTE FUNCTION causeway_opening_is_fixed();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON wiki_remark
    FOR EACH STATEMENT EXECUTE FUNCTION causeway_no_truncate();
CREATE TRIGGER remark_is_fixed BEFORE UPDATE OR DELETE ON wiki_remark
    FOR EACH ROW EXECUTE FUNCTION causeway_remark_is_fixed();
