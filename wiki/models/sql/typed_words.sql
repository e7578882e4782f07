-- The words that each version brought to its page. All words of a page's first version are new, so none are kept.

-- The versions that brought one of some words; of some pages, also the first ones, and those whose words were computed
-- by another method: there is none of these as soon as `manage.py rebuild` has run, and then no version is read. How
-- rare these words are PostgreSQL cannot know: it takes each for one that many versions hold, and would read the words of
-- all versions of the wiki, by their table or in the order of its key. So it is left the index of words alone.
CREATE FUNCTION causeway_versions_with(words bigint[], pages bigint[], by_method smallint) RETURNS SETOF bigint
LANGUAGE sql STABLE SET enable_seqscan = off SET enable_indexscan = off AS $$
    SELECT revision_id FROM wiki_typedwords WHERE numbers && words
    UNION
    SELECT first.id FROM unnest(pages) AS page (id) CROSS JOIN LATERAL (
        SELECT id FROM wiki_revision WHERE page_id = page.id AND number = 1 OFFSET 0
    ) AS first
    UNION
    SELECT version.id FROM wiki_revision AS version JOIN wiki_typedwords AS kept ON kept.revision_id = version.id
    WHERE ((SELECT EXISTS (SELECT FROM wiki_typedwords WHERE method < by_method))
        OR (SELECT EXISTS (SELECT FROM wiki_typedwords WHERE method > by_method)))
        AND version.page_id = ANY (pages) AND kept.method <> by_method
$$;

-- Who wrote which words would not be found in a version without them.
CREATE FUNCTION causeway_version_has_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM wiki_typedwords WHERE revision_id = NEW.id) THEN
        RAISE EXCEPTION 'version % is sent in without the words that it brings', NEW.number
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER version_has_words AFTER INSERT OR UPDATE OF number ON wiki_revision
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.number > 1)
    EXECUTE FUNCTION causeway_version_has_words();
-- What a later method computes of the same version may take the place of what an earlier one did.
CREATE TRIGGER append_only BEFORE DELETE ON wiki_typedwords
    FOR EACH ROW EXECUTE FUNCTION causeway_append_only();
CREATE TRIGGER append_only_in_a_method BEFORE UPDATE ON wiki_typedwords
    FOR EACH ROW WHEN (NEW.method <= OLD.method OR NEW.revision_id <> OLD.revision_id)
    EXECUTE FUNCTION causeway_append_only();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON wiki_typedwords
    FOR EACH STATEMENT EXECUTE FUNCTION causeway_no_truncate();
