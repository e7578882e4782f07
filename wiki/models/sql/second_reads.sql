-- Second reads of approvals.

-- A second read is decided once, by somebody who took no part in the first.
CREATE FUNCTION causeway_second_read_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before jsonb := to_jsonb(OLD);
    after jsonb := to_jsonb(NEW);
BEGIN
    IF OLD.decided_at IS NULL THEN
        IF EXISTS (SELECT 1 FROM wiki_revision WHERE id = NEW.revision_id AND author_id = NEW.reader_id)
            OR EXISTS (
                SELECT 1 FROM wiki_verdict WHERE revision_id = NEW.revision_id AND reviewer_id = NEW.reader_id
            )
        THEN
            RAISE EXCEPTION 'a second reader takes no part in the first reading'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        before := before - ARRAY['reader_id', 'reader_name', 'decision', 'reason', 'decided_at'];
        after := after - ARRAY['reader_id', 'reader_name', 'decision', 'reason', 'decided_at'];
    ELSIF NEW.reader_id IS NULL THEN
        before := before - ARRAY['reader_id', 'reader_name'];
        after := after - ARRAY['reader_id', 'reader_name'];
    END IF;
    IF before <> after THEN
        RAISE EXCEPTION 'a second read is decided once' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER append_only BEFORE DELETE ON wiki_secondread
    FOR EACH ROW EXECUTE FUNCTION causeway_append_only();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON wiki_secondread
    FOR EACH STATEMENT EXECUTE FUNCTION causeway_no_truncate();
CREATE TRIGGER second_read_is_fixed BEFORE UPDATE ON wiki_secondread
    FOR EACH ROW EXECUTE FUNCTION causeway_second_read_is_fixed();
