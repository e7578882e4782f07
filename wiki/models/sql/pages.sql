-- Addresses of pages.

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON wiki_address
    FOR EACH ROW EXECUTE FUNCTION causeway_append_only();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON wiki_address
    FOR EACH STATEMENT EXECUTE FUNCTION causeway_no_truncate();
