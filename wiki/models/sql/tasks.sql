-- Tasks.

-- A task can only be settled, once.
CREATE FUNCTION causeway_task_is_settled_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before jsonb := to_jsonb(OLD) - 'closed_by_id';
    after jsonb := to_jsonb(NEW) - 'closed_by_id';
BEGIN
    IF OLD.closed_at IS NULL THEN
        before := before - 'closed_at' - 'closed_by_name' - 'outcome' - 'settled';
        after := after - 'closed_at' - 'closed_by_name' - 'outcome' - 'settled';
    ELSIF NEW.closed_by_id IS NOT NULL AND NEW.closed_by_id IS DISTINCT FROM OLD.closed_by_id THEN
        after := after || '{"closed_by_id": 0}';
    ELSIF NEW.closed_by_id IS NULL AND OLD.closed_by_id IS NOT NULL THEN
        before := before - 'closed_by_name';
        after := after - 'closed_by_name';
    END IF;
    IF before <> after THEN
        RAISE EXCEPTION 'wiki_task is append-only: a task can only be settled, once'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER append_only BEFORE DELETE ON wiki_task
    FOR EACH ROW EXECUTE FUNCTION causeway_append_only();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON wiki_task
    FOR EACH STATEMENT EXECUTE FUNCTION causeway_no_truncate();
CREATE TRIGGER task_is_settled_once BEFORE UPDATE ON wiki_task
    FOR EACH ROW EXECUTE FUNCTION causeway_task_is_settled_once();
