-- Pictures.

-- A picture can only be withdrawn, once.
CREATE FUNCTION causeway_image_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before jsonb := to_jsonb(OLD);
    after jsonb := to_jsonb(NEW);
BEGIN
    IF NEW.uploaded_by_id IS NULL THEN
        before := before - 'uploaded_by_id';
        after := after - 'uploaded_by_id';
    END IF;
    IF OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL THEN
        before := before - 'withdrawn_at' - 'withdrawn_why';
        after := after - 'withdrawn_at' - 'withdrawn_why';
    END IF;
    IF before <> after THEN
        RAISE EXCEPTION 'a picture can only be withdrawn' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER append_only BEFORE DELETE ON wiki_image
    FOR EACH ROW EXECUTE FUNCTION causeway_append_only();
CREATE TRIGGER image_is_fixed BEFORE UPDATE ON wiki_image
    FOR EACH ROW EXECUTE FUNCTION causeway_image_is_fixed();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON wiki_image
    FOR EACH STATEMENT EXECUTE FUNCTION causeway_no_truncate();
