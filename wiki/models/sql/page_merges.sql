-- Merging two pages: what takes the text over and what retires the other page share all that becomes of them.

-- Looked at before the commit, when both halves are there: a merge that was sent in has its other half, which
-- retires the page that was taken over in favour of the one that stays; both are in the same state; and who
-- decided on one decided the same on the other. So neither is ever published without the other.
CREATE FUNCTION causeway_page_merge_is_whole() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    about bigint := CASE TG_TABLE_NAME
        WHEN 'wiki_revision' THEN (to_jsonb(NEW) ->> 'id')::bigint
        ELSE (to_jsonb(NEW) ->> 'revision_id')::bigint
    END;
    stays record;
    goes record;
BEGIN
    SELECT coalesce(retired_with_id, id) INTO about FROM wiki_revision WHERE id = about;
    SELECT * INTO stays FROM wiki_revision WHERE id = about;
    SELECT * INTO goes FROM wiki_revision WHERE retired_with_id = about;
    IF stays.id IS NULL OR (goes.id IS NULL AND (stays.takes_over_id IS NULL OR stays.state = 'draft')) THEN
        RETURN NULL;
    END IF;
    IF goes.id IS NULL OR goes.state <> stays.state
        OR NOT EXISTS (
            SELECT 1 FROM wiki_revision taken WHERE taken.id = stays.takes_over_id AND taken.page_id = goes.page_id
                AND goes.parent_id = taken.id AND taken.page_id <> stays.page_id
                AND goes.content #>> '{retirement,replaced_by}' = stays.page_id::text
        )
        OR EXISTS (
            SELECT 1 FROM wiki_verdict one WHERE one.revision_id IN (stays.id, goes.id) AND NOT EXISTS (
                SELECT 1 FROM wiki_verdict other
                WHERE other.revision_id IN (stays.id, goes.id) AND other.revision_id <> one.revision_id
                    AND other.reviewer_id IS NOT DISTINCT FROM one.reviewer_id AND other.decision = one.decision
                    AND other.decided_at = one.decided_at
            )
        )
        OR EXISTS (SELECT 1 FROM wiki_publication WHERE revision_id = stays.id)
            <> EXISTS (SELECT 1 FROM wiki_publication WHERE revision_id = goes.id)
    THEN
        RAISE EXCEPTION 'both halves of a merge of two pages share all that becomes of them'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER page_merge_is_whole AFTER INSERT OR UPDATE ON wiki_revision
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.takes_over_id IS NOT NULL OR NEW.retired_with_id IS NOT NULL)
    EXECUTE FUNCTION causeway_page_merge_is_whole();
CREATE CONSTRAINT TRIGGER page_merge_is_whole AFTER INSERT ON wiki_publication
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION causeway_page_merge_is_whole();
CREATE CONSTRAINT TRIGGER page_merge_is_whole AFTER INSERT ON wiki_verdict
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION causeway_page_merge_is_whole();
