-- Registrations, declarations of interests and interests.

-- A registration stays as it was entered. It is verified once and ended once.
CREATE FUNCTION causeway_credential_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.person_id, NEW.profession, NEW.specialties, NEW.body, NEW.number, NEW.entered_at)
        IS DISTINCT FROM (OLD.person_id, OLD.profession, OLD.specialties, OLD.body, OLD.number, OLD.entered_at)
    OR (OLD.verified_at IS NOT NULL AND (NEW.verified_at, NEW.verified_how, NEW.valid_until)
        IS DISTINCT FROM (OLD.verified_at, OLD.verified_how, OLD.valid_until))
    OR (OLD.verified_at IS NOT NULL AND NEW.verified_by_name <> OLD.verified_by_name
        AND (OLD.verified_by_id IS NULL OR NEW.verified_by_id IS NOT NULL))
    OR (OLD.ended_at IS NOT NULL AND (NEW.ended_at, NEW.ended_reason, NEW.was_false)
        IS DISTINCT FROM (OLD.ended_at, OLD.ended_reason, OLD.was_false))
    THEN
        RAISE EXCEPTION 'a credential stays as it was entered and verified'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- A declaration of interests can be deleted only together with its person.
CREATE FUNCTION causeway_disclosure_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM wiki_user WHERE id = OLD.person_id) THEN
        RAISE EXCEPTION 'a declaration of interests goes with its person only'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

-- An interest can be deleted only together with its declaration.
CREATE FUNCTION causeway_interest_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM wiki_disclosure WHERE id = OLD.disclosure_id) THEN
        RAISE EXCEPTION 'an interest goes with its declaration only'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER credential_is_fixed BEFORE UPDATE ON wiki_credential
    FOR EACH ROW EXECUTE FUNCTION causeway_credential_is_fixed();
CREATE TRIGGER append_only BEFORE UPDATE ON wiki_disclosure
    FOR EACH ROW EXECUTE FUNCTION causeway_append_only();
CREATE CONSTRAINT TRIGGER disclosure_is_kept AFTER DELETE ON wiki_disclosure
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION causeway_disclosure_is_kept();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON wiki_disclosure
    FOR EACH STATEMENT EXECUTE FUNCTION causeway_no_truncate();
CREATE TRIGGER append_only BEFORE UPDATE ON wiki_interest
    FOR EACH ROW EXECUTE FUNCTION causeway_append_only();
CREATE CONSTRAINT TRIGGER interest_is_kept AFTER DELETE ON wiki_interest
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION causeway_interest_is_kept();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON wiki_interest
    FOR EACH STATEMENT EXECUTE FUNCTION causeway_no_truncate();
CREATE TRIGGER append_only BEFORE UPDATE ON wiki_interest_pages
    FOR EACH ROW EXECUTE FUNCTION causeway_append_only();
