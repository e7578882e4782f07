-- The record of acts.

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON wiki_event
    FOR EACH ROW EXECUTE FUNCTION causeway_append_only('actor_id', 'person_id');
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON wiki_event
    FOR EACH STATEMENT EXECUTE FUNCTION causeway_no_truncate();
