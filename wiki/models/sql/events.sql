-- The record of acts.

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON wiki_event
    FOR EACH ROW EXECUTE FUNCTION causeway_append_only('actor_id', 'person_id');
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON wiki_event
    FOR EACH STATEMENT EXECUTE FUNCTION causeway_no_truncate();

-- Say which transaction writes an event, so that whoever follows them is told of those alone of which nothing can
-- come before any more (`models/queries/changes.py`). Where the last event comes from a transaction that this server
-- has not begun yet, the database was restored elsewhere, and a new epoch begins.
CREATE FUNCTION causeway_event_transaction() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last record;
BEGIN
    SELECT epoch, transaction INTO last FROM wiki_event ORDER BY epoch DESC, transaction DESC, id DESC LIMIT 1;
    NEW.transaction := pg_current_xact_id()::text::bigint;
    NEW.epoch := coalesce(last.epoch, 0)
        + (coalesce(last.transaction, 0) >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint
            AND last.transaction <> NEW.transaction)::int;
    RETURN NEW;
END $$;
CREATE TRIGGER says_its_transaction BEFORE INSERT ON wiki_event
    FOR EACH ROW EXECUTE FUNCTION causeway_event_transaction();
