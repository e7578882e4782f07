-- Publications.

-- Only an approved revision is published, or a loaded one that says of itself that nobody reviewed it; a
-- publication begins open and can only be closed.
CREATE FUNCTION causeway_publication_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF lower(NEW.in_force) IS NULL OR NOT upper_inf(NEW.in_force) THEN
            RAISE EXCEPTION 'a publication begins open' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF NEW.way = 'loaded' AND NOT EXISTS (
            SELECT 1 FROM wiki_revision r
            WHERE r.id = NEW.revision_id AND r.page_id = NEW.page_id AND r.state = 'approved'
              AND r.origin IN ('starter', 'import') AND r.author_id IS NULL
        ) THEN
            RAISE EXCEPTION 'only what came with the wiki or from files is published without a signature'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        -- A load is the first that readers see of a page, or follows other loads that nobody reviewed.
        IF NEW.way = 'loaded' AND NOT EXISTS (
            SELECT 1 FROM wiki_publication p WHERE p.revision_id = NEW.revision_id
        ) AND (
            EXISTS (SELECT 1 FROM wiki_publication p WHERE p.page_id = NEW.page_id AND p.way <> 'loaded')
            OR EXISTS (SELECT 1 FROM wiki_wholepagereview w WHERE w.page_id = NEW.page_id)
        ) THEN
            RAISE EXCEPTION 'a load does not replace what people approved'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF NEW.way <> 'loaded' AND NOT EXISTS (
            SELECT 1 FROM wiki_verdict v JOIN wiki_revision r ON r.id = v.revision_id
            WHERE v.id = NEW.verdict_id AND v.revision_id = NEW.revision_id AND v.decision = 'approve'
              AND v.digest = r.digest AND r.page_id = NEW.page_id AND r.state = 'approved'
        ) THEN
            RAISE EXCEPTION 'only what was approved can be published'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    ELSIF TG_OP = 'UPDATE'
        AND upper_inf(OLD.in_force) AND NOT upper_inf(NEW.in_force)
        AND lower(OLD.in_force) = lower(NEW.in_force)
        AND to_jsonb(OLD) - 'in_force' - 'ending' = to_jsonb(NEW) - 'in_force' - 'ending'
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a publication can only be closed' USING ERRCODE = 'integrity_constraint_violation';
END $$;

-- A revision is published with as many approvals of its exact words as it has requirements.
CREATE FUNCTION causeway_signatures_are_there() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT count(*) FROM wiki_requirement WHERE revision_id = NEW.revision_id) > (
        SELECT count(*) FROM wiki_verdict v JOIN wiki_revision r ON r.id = v.revision_id
        WHERE r.id = NEW.revision_id AND v.decision = 'approve' AND v.digest = r.digest
    ) THEN
        RAISE EXCEPTION 'a version is published with all the signatures that it needs'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER no_truncate BEFORE TRUNCATE ON wiki_publication
    FOR EACH STATEMENT EXECUTE FUNCTION causeway_no_truncate();
CREATE TRIGGER publication_fits BEFORE INSERT OR UPDATE OR DELETE ON wiki_publication
    FOR EACH ROW EXECUTE FUNCTION causeway_publication_fits();
CREATE TRIGGER signatures_are_there BEFORE INSERT ON wiki_publication
    FOR EACH ROW EXECUTE FUNCTION causeway_signatures_are_there();
CREATE TRIGGER suppressed_is_not_published BEFORE INSERT ON wiki_publication
    FOR EACH ROW EXECUTE FUNCTION causeway_suppressed_is_not_published();
