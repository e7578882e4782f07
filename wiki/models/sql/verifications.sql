-- Statements that were looked at again, unchanged.

-- A verification is on the exact words that readers see, by somebody who did not write them.
CREATE FUNCTION causeway_verification_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.by_id IS NULL OR NOT EXISTS (
        SELECT 1 FROM wiki_publication p JOIN wiki_revision r ON r.id = p.revision_id
        WHERE p.page_id = NEW.page_id AND upper_inf(p.in_force) AND r.id = NEW.revision_id
          AND r.digest = NEW.digest AND r.author_id IS DISTINCT FROM NEW.by_id
    ) THEN
        RAISE EXCEPTION 'a verification is on the exact published words, by somebody who did not write them'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON wiki_verification
    FOR EACH ROW EXECUTE FUNCTION causeway_append_only('by_id');
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON wiki_verification
    FOR EACH STATEMENT EXECUTE FUNCTION causeway_no_truncate();
CREATE TRIGGER verification_fits BEFORE INSERT ON wiki_verification
    FOR EACH ROW EXECUTE FUNCTION causeway_verification_fits();
