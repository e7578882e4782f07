-- What approvers wrote for readers, taken back.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON wiki_meaningwithdrawal
    FOR EACH ROW EXECUTE FUNCTION causeway_append_only('by_id');
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON wiki_meaningwithdrawal
    FOR EACH STATEMENT EXECUTE FUNCTION causeway_no_truncate();
