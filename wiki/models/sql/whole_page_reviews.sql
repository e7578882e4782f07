-- Signatures under the whole of a page.

-- It is on the exact words that readers see, or that the same person has just approved, and not by their author.
CREATE FUNCTION causeway_whole_page_review_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.by_id IS NULL OR NOT EXISTS (
        SELECT 1 FROM wiki_revision r
        WHERE r.id = NEW.revision_id AND r.page_id = NEW.page_id AND r.digest = NEW.digest
          AND r.author_id IS DISTINCT FROM NEW.by_id
          AND (
            EXISTS (
                SELECT 1 FROM wiki_publication p WHERE p.revision_id = r.id AND upper_inf(p.in_force)
            ) OR (r.state = 'submitted' AND EXISTS (
                SELECT 1 FROM wiki_verdict v
                WHERE v.revision_id = r.id AND v.reviewer_id = NEW.by_id AND v.decision = 'approve'
            ))
          )
    ) THEN
        RAISE EXCEPTION 'a whole-page review is on the exact published words, by somebody who did not write them'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    -- Those that it counts on are under the same words, each by somebody else.
    IF EXISTS (
        SELECT 1 FROM unnest(NEW.together_with) AS counted (id)
        LEFT JOIN wiki_wholepagereview w
            ON w.id = counted.id AND w.page_id = NEW.page_id AND w.digest = NEW.digest
        WHERE w.id IS NULL OR w.by_id IS NULL OR w.by_id = NEW.by_id
    ) THEN
        RAISE EXCEPTION 'a whole-page review counts on signatures of others under the same words'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON wiki_wholepagereview
    FOR EACH ROW EXECUTE FUNCTION causeway_append_only('by_id');
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON wiki_wholepagereview
    FOR EACH STATEMENT EXECUTE FUNCTION causeway_no_truncate();
CREATE TRIGGER whole_page_review_fits BEFORE INSERT ON wiki_wholepagereview
    FOR EACH ROW EXECUTE FUNCTION causeway_whole_page_review_fits();
CREATE CONSTRAINT TRIGGER whole_page_review_is_bound AFTER INSERT ON wiki_wholepagereview
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION causeway_is_bound('whole_page_review');
