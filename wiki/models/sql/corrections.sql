-- Safety corrections and suppressed versions.

-- A correction is proposed, seconded and lifted, each once. Removing an account takes its name away.
CREATE FUNCTION causeway_correction_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a correction is kept' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF (NEW.page_id, NEW.revision_id, NEW.passage, NEW.replacement, NEW.reason, NEW.proposed_at)
        IS DISTINCT FROM
        (OLD.page_id, OLD.revision_id, OLD.passage, OLD.replacement, OLD.reason, OLD.proposed_at)
    OR ((OLD.seconded_at IS NOT NULL OR OLD.lifted_at IS NOT NULL)
        AND (NEW.seconded_at, NEW.lapses_at, NEW.follow_up_id)
        IS DISTINCT FROM (OLD.seconded_at, OLD.lapses_at, OLD.follow_up_id))
    OR (OLD.lifted_at IS NOT NULL
        AND (NEW.lifted_at, NEW.lifted_reason) IS DISTINCT FROM (OLD.lifted_at, OLD.lifted_reason))
    OR (NEW.proposed_by_id IS NOT NULL AND NEW.proposed_by_id IS DISTINCT FROM OLD.proposed_by_id)
    OR (OLD.seconded_at IS NOT NULL AND NEW.seconded_by_id IS NOT NULL
        AND NEW.seconded_by_id IS DISTINCT FROM OLD.seconded_by_id)
    OR (OLD.lifted_at IS NOT NULL AND NEW.lifted_by_id IS NOT NULL
        AND NEW.lifted_by_id IS DISTINCT FROM OLD.lifted_by_id)
    OR (NEW.proposed_by_name <> OLD.proposed_by_name
        AND (OLD.proposed_by_id IS NULL OR NEW.proposed_by_id IS NOT NULL))
    OR (OLD.seconded_at IS NOT NULL AND NEW.seconded_by_name <> OLD.seconded_by_name
        AND (OLD.seconded_by_id IS NULL OR NEW.seconded_by_id IS NOT NULL))
    OR (OLD.lifted_at IS NOT NULL AND NEW.lifted_by_name <> OLD.lifted_by_name
        AND (OLD.lifted_by_id IS NULL OR NEW.lifted_by_id IS NOT NULL))
    THEN
        RAISE EXCEPTION 'a correction stays as it was proposed, seconded and lifted'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- A suppression is confirmed once and then stays; before that it may be ended. Removing an account takes its name away.
CREATE FUNCTION causeway_suppression_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.confirmed_at IS NOT NULL AND TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a confirmed suppression is kept' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF (NEW.revision_id, NEW.reason, NEW.at) IS DISTINCT FROM (OLD.revision_id, OLD.reason, OLD.at)
    OR (NEW.by_id IS NOT NULL AND NEW.by_id IS DISTINCT FROM OLD.by_id)
    OR (NEW.by_name <> OLD.by_name AND (OLD.by_id IS NULL OR NEW.by_id IS NOT NULL))
    OR (OLD.confirmed_at IS NOT NULL AND (
        NEW.confirmed_at IS DISTINCT FROM OLD.confirmed_at
        OR (NEW.confirmed_by_id IS NOT NULL AND NEW.confirmed_by_id IS DISTINCT FROM OLD.confirmed_by_id)
        OR (NEW.confirmed_by_name <> OLD.confirmed_by_name
            AND (OLD.confirmed_by_id IS NULL OR NEW.confirmed_by_id IS NOT NULL))
    ))
    THEN
        RAISE EXCEPTION 'a suppression stays as it was proposed and confirmed'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- A suppressed version is neither published nor waiting, and is never published again.
CREATE FUNCTION causeway_suppressed_is_not_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'wiki_publication' THEN
        IF EXISTS (SELECT 1 FROM wiki_suppression WHERE revision_id = NEW.revision_id) THEN
            RAISE EXCEPTION 'what was suppressed cannot be published'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    ELSIF EXISTS (
        SELECT 1 FROM wiki_publication WHERE revision_id = NEW.revision_id AND upper_inf(in_force)
    ) OR EXISTS (
        SELECT 1 FROM wiki_revision WHERE id = NEW.revision_id AND state IN ('draft', 'submitted')
    ) THEN
        RAISE EXCEPTION 'what is published or waits cannot be suppressed'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER correction_is_fixed BEFORE UPDATE OR DELETE ON wiki_correction
    FOR EACH ROW EXECUTE FUNCTION causeway_correction_is_fixed();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON wiki_correction
    FOR EACH STATEMENT EXECUTE FUNCTION causeway_no_truncate();
CREATE TRIGGER suppression_is_fixed BEFORE UPDATE OR DELETE ON wiki_suppression
    FOR EACH ROW EXECUTE FUNCTION causeway_suppression_is_fixed();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON wiki_suppression
    FOR EACH STATEMENT EXECUTE FUNCTION causeway_no_truncate();
CREATE TRIGGER suppressed_is_not_published BEFORE INSERT ON wiki_suppression
    FOR EACH ROW EXECUTE FUNCTION causeway_suppressed_is_not_published();
