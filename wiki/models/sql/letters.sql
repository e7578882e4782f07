-- Letters of the outbox, and what somebody read last.

-- Return the number of the version of a page that a person read before the one that is shown. It stays for an hour,
-- so that coming back from the comparison shows the same page.
CREATE FUNCTION causeway_last_read(reader bigint, read_page bigint, shown bigint) RETURNS integer LANGUAGE sql STABLE AS $$
    SELECT number FROM wiki_revision WHERE id = (
        SELECT CASE WHEN revision_id <> shown THEN revision_id
            WHEN read_at > clock_timestamp() - interval '1 hour' THEN before_id END
        FROM wiki_lastread WHERE person_id = reader AND page_id = read_page
    )
$$;

-- Return whether it is noted that a person reads the version that is shown.
CREATE FUNCTION causeway_has_read(reader bigint, read_page bigint, shown bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM wiki_lastread WHERE person_id = reader AND page_id = read_page AND revision_id = shown)
$$;

-- The text and the address of a letter are fixed. Only a waiting letter can be taken up, and only an answer of
-- the mail server lets it wait again; so none is sent twice.
CREATE FUNCTION causeway_letter_is_sent_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(OLD) - 'state' - 'send_at' - 'tries' - 'tried_at' - 'trouble' - 'sent_at'
        <> to_jsonb(NEW) - 'state' - 'send_at' - 'tries' - 'tried_at' - 'trouble' - 'sent_at'
    THEN
        RAISE EXCEPTION 'a letter cannot be changed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.state <> OLD.state AND NOT (
        (OLD.state = 'waiting' AND NEW.state IN ('sending', 'dropped'))
        OR (OLD.state = 'sending' AND NEW.state IN ('waiting', 'sent', 'failed', 'unknown'))
        OR (OLD.state = 'unknown' AND NEW.state = 'sent')
    ) THEN
        RAISE EXCEPTION 'a letter cannot go from % to %', OLD.state, NEW.state
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    -- The address may be all that is known of a reader, and the text may hold a link that opens an account.
    IF NEW.state NOT IN ('waiting', 'sending') THEN
        NEW.address := '';
        NEW.body := '';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER letter_is_sent_once BEFORE UPDATE ON wiki_letter
    FOR EACH ROW EXECUTE FUNCTION causeway_letter_is_sent_once();
