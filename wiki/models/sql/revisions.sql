-- Revisions, verdicts and requirements.

-- A draft belongs to its author. After that only the state moves, and only along the lifecycle.
CREATE FUNCTION causeway_revision_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before jsonb;
    after jsonb;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state NOT IN ('draft', 'submitted') THEN
            RAISE EXCEPTION 'a revision begins as a draft' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    ELSIF TG_OP = 'DELETE' THEN
        IF OLD.state <> 'draft' THEN
            RAISE EXCEPTION 'only drafts can be removed' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN OLD;
    ELSIF OLD.state = 'draft' THEN
        IF NEW.state NOT IN ('draft', 'submitted') OR NEW.page_id <> OLD.page_id THEN
            RAISE EXCEPTION 'a draft can only be submitted' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END IF;
    before := to_jsonb(OLD) - 'state';
    after := to_jsonb(NEW) - 'state';
    IF NEW.author_id IS NULL THEN
        IF OLD.author_id IS NOT NULL THEN
            before := before - 'author_name';
            after := after - 'author_name';
        END IF;
        before := before - 'author_id';
        after := after - 'author_id';
    END IF;
    IF before <> after THEN
        RAISE EXCEPTION 'a submitted revision cannot be changed'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.state <> OLD.state AND NOT (
        (OLD.state = 'submitted'
         AND NEW.state IN ('approved', 'changes_requested', 'rejected', 'withdrawn', 'included'))
        OR (OLD.state = 'approved' AND NEW.state = 'unapproved')
    ) THEN
        RAISE EXCEPTION 'a revision cannot go from % to %', OLD.state, NEW.state
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- A verdict is on the exact words of a submitted revision, and names their author: a foreign key alone would let
-- an empty author pass, and with it a verdict by the author.
CREATE FUNCTION causeway_verdict_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM wiki_revision WHERE id = NEW.revision_id AND digest = NEW.digest AND state <> 'draft'
            AND author_id IS NOT DISTINCT FROM NEW.author_id
    ) THEN
        RAISE EXCEPTION 'a verdict is on the exact words of a submitted revision'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    -- What is carried over a rebase is the approval of the same person, given when and as what they gave it.
    IF NEW.carried_from_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM wiki_verdict signed
        JOIN wiki_revision before ON before.id = signed.revision_id
        JOIN wiki_revision after ON after.id = NEW.revision_id
        WHERE signed.id = NEW.carried_from_id AND signed.decision = 'approve' AND NEW.decision = 'approve'
            AND signed.reviewer_id = NEW.reviewer_id AND signed.reviewer_name = NEW.reviewer_name
            AND signed.decided_at = NEW.decided_at AND signed.standing = NEW.standing
            AND before.page_id = after.page_id
            AND (after.second_parent_id = before.id OR (after.retired_with_id, before.retired_with_id) IN (
                SELECT stays.id, stays.second_parent_id FROM wiki_revision stays
            ))
    ) THEN
        RAISE EXCEPTION 'a signature is carried as it was given, to what was rebased'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON wiki_requirement
    FOR EACH ROW EXECUTE FUNCTION causeway_append_only();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON wiki_requirement
    FOR EACH STATEMENT EXECUTE FUNCTION causeway_no_truncate();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON wiki_revision
    FOR EACH STATEMENT EXECUTE FUNCTION causeway_no_truncate();
CREATE TRIGGER revision_is_fixed BEFORE INSERT OR UPDATE OR DELETE ON wiki_revision
    FOR EACH ROW EXECUTE FUNCTION causeway_revision_is_fixed();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON wiki_verdict
    FOR EACH ROW EXECUTE FUNCTION causeway_append_only('reviewer_id', 'author_id');
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON wiki_verdict
    FOR EACH STATEMENT EXECUTE FUNCTION causeway_no_truncate();
CREATE TRIGGER verdict_fits BEFORE INSERT ON wiki_verdict
    FOR EACH ROW EXECUTE FUNCTION causeway_verdict_fits();

ALTER TABLE wiki_verdict ADD CONSTRAINT verdict_names_the_author
    FOREIGN KEY (revision_id, author_id) REFERENCES wiki_revision (id, author_id)
    ON UPDATE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
