-- Answers kept ready for readers: whoever changes what one of them shows drops it, in the same transaction.

-- Drop the stored answers that show one of the pages that a changed row names. The arguments are the columns that
-- name pages; without any, every stored answer goes. Answers that list many pages name page 0: each change drops
-- them. It runs as the last thing before the commit, under the lock that storing an answer asks for (and that binding
-- the states of rows takes as well, so that there is one order): nothing is stored between the drop and the commit.
CREATE FUNCTION causeway_drop_stored_answers() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    dropped bigint[] := coalesce(nullif(current_setting('causeway.dropped', true), ''), '{}')::bigint[];
    shown bigint[] := ARRAY[0];
    written jsonb;
    called text;
BEGIN
    IF -1 = ANY(dropped) OR (TG_OP = 'UPDATE' AND OLD IS NOT DISTINCT FROM NEW) THEN
        RETURN NULL;
    END IF;
    FOREACH written IN ARRAY ARRAY[
        CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END, CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END
    ] LOOP
        FOREACH called IN ARRAY coalesce(TG_ARGV, '{}') LOOP
            shown := shown || (written ->> called)::bigint;
        END LOOP;
    END LOOP;
    IF TG_NARGS = 0 THEN
        shown := ARRAY[-1];
    ELSE
        shown := ARRAY(SELECT one FROM unnest(shown) AS one WHERE one IS NOT NULL AND one <> ALL(dropped));
        IF cardinality(shown) = 0 THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM pg_advisory_xact_lock(51717, 4);
    -- Whoever sends purges to the caches in front reads here what they are to forget. A database that was restored
    -- elsewhere may hold the same number already.
    INSERT INTO wiki_publicchange AS known (transaction, shows) VALUES (pg_current_xact_id()::text::bigint, shown)
        ON CONFLICT (transaction) DO UPDATE SET at = now(), sent_to = '{}',
            shows = CASE WHEN cardinality(dropped) = 0 THEN excluded.shows ELSE known.shows || excluded.shows END;
    PERFORM set_config('causeway.dropped', (dropped || shown)::text, true);
    IF TG_NARGS = 0 THEN
        DELETE FROM wiki_storedanswer;
    ELSE
        DELETE FROM wiki_storedanswer WHERE shows && shown;
    END IF;
    RETURN NULL;
END $$;

-- The tables that readers see something of, each with the columns that name the pages which show it.
DO $$
DECLARE
    one record;
BEGIN
    FOR one IN SELECT * FROM (VALUES
        ('address', '', '''page_id'''),
        ('citation', '', '''page_id'''),
        ('correction', '', '''page_id'''),
        ('depiction', '', '''page_id'''),
        ('mention', '', '''page_id'', ''target_id'''),
        ('name', '', '''page_id'''),
        ('page', '', '''id'', ''replaced_by_id'''),
        ('publication', '', '''page_id'''),
        ('publishedpage', '', '''page_id'''),
        ('samesubject', '', '''page_id'''),
        ('statement', '', '''subject_id'', ''object_id'''),
        ('task', '', '''page_id'', ''object_id'''),
        ('verification', '', '''page_id'', ''object_id'''),
        ('wholepagereview', '', '''page_id'''),
        -- It names no page: only answers that list many show it.
        ('keptfigures', '', '''page_id'''),
        ('credential', '', ''),
        ('datarelease', '', ''),
        ('disclosure', '', ''),
        ('image', '', ''),
        ('interest', '', ''),
        ('meaningwithdrawal', '', ''),
        ('source', '', ''),
        ('sourceid', '', ''),
        ('sourcenotice', '', ''),
        ('suppression', '', ''),
        ('user', 'OF name, profession, about, role, orcid, attribution, suspended_until, is_demo, is_active, username', '')
    ) AS known (name, columns, pages) LOOP
        EXECUTE format(
            'CREATE CONSTRAINT TRIGGER drops_stored_answers AFTER INSERT OR DELETE OR UPDATE %s ON %I
                DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION causeway_drop_stored_answers(%s)',
            one.columns, 'wiki_' || one.name, one.pages
        );
    END LOOP;
END $$;
