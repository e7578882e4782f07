-- Letters of the outbox, and what somebody read last.

-- Note that a person reads a version of a page; return the number of the version that they read before.
CREATE FUNCTION causeway_last_read(reader bigint, read_page bigint, shown bigint) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    known wiki_lastread;
    earlier bigint;
BEGIN
    SELECT * INTO known FROM wiki_lastread WHERE person_id = reader AND page_id = read_page;
    IF NOT FOUND THEN
        INSERT INTO wiki_lastread (person_id, page_id, revision_id, read_at)
            VALUES (reader, read_page, shown, clock_timestamp()) ON CONFLICT DO NOTHING;
        RETURN NULL;
    ELSIF known.revision_id <> shown THEN
        UPDATE wiki_lastread SET before_id = known.revision_id, revision_id = shown, read_at = clock_timestamp()
            WHERE id = known.id;
        earlier := known.revision_id;
    ELSIF known.read_at > clock_timestamp() - interval '1 hour' THEN
        -- It stays for a while, so that coming back from the comparison shows the same page.
        earlier := known.before_id;
    END IF;
    RETURN (SELECT number FROM wiki_revision WHERE id = earlier);
END $$;

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
