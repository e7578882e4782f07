-- What the chained record holds: links, anchors, and every row that must be bound by a link.

-- Return the newest link of a page's chain, or of the site's chain, and lock the chain until the transaction
-- ends.
CREATE FUNCTION causeway_head_of_chain(of_page bigint, OUT place integer, OUT digest text) LANGUAGE plpgsql AS $$
BEGIN
    IF of_page IS NULL THEN
        PERFORM pg_advisory_xact_lock(51717, 3);
        SELECT l.place, l.digest INTO place, digest FROM wiki_link l
            WHERE l.page_id IS NULL ORDER BY l.place DESC LIMIT 1;
    ELSE
        PERFORM 1 FROM wiki_page WHERE id = of_page FOR NO KEY UPDATE;
        SELECT l.place, l.digest INTO place, digest FROM wiki_link l
            WHERE l.page_id = of_page ORDER BY l.place DESC LIMIT 1;
    END IF;
END $$;

-- A row that the record binds has its link when the transaction ends.
CREATE FUNCTION causeway_is_bound() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM wiki_link WHERE "table" = TG_ARGV[0] AND "row" = NEW.id) THEN
        RAISE EXCEPTION 'a row of % is bound by no link', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON wiki_anchor
    FOR EACH ROW EXECUTE FUNCTION causeway_append_only();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON wiki_anchor
    FOR EACH STATEMENT EXECUTE FUNCTION causeway_no_truncate();
CREATE CONSTRAINT TRIGGER event_is_bound AFTER INSERT ON wiki_event
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION causeway_is_bound('event');
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON wiki_link
    FOR EACH ROW EXECUTE FUNCTION causeway_append_only();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON wiki_link
    FOR EACH STATEMENT EXECUTE FUNCTION causeway_no_truncate();
CREATE CONSTRAINT TRIGGER ending_is_bound AFTER UPDATE OF in_force ON wiki_publication
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NOT upper_inf(NEW.in_force)) EXECUTE FUNCTION causeway_is_bound('ending');
CREATE CONSTRAINT TRIGGER publication_is_bound AFTER INSERT ON wiki_publication
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION causeway_is_bound('publication');
CREATE CONSTRAINT TRIGGER revision_is_bound AFTER INSERT OR UPDATE OF state ON wiki_revision
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.state <> 'draft') EXECUTE FUNCTION causeway_is_bound('revision');
CREATE CONSTRAINT TRIGGER verdict_is_bound AFTER INSERT ON wiki_verdict
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION causeway_is_bound('verdict');
CREATE CONSTRAINT TRIGGER verification_is_bound AFTER INSERT ON wiki_verification
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION causeway_is_bound('verification');
