-- Which entry of a data set is which published page: those with exactly the same code. ICD codes are too wide for that.
CREATE FUNCTION causeway_same_subjects(shown bigint, told jsonb) RETURNS TABLE (entry_id bigint, page_id bigint)
LANGUAGE sql STABLE AS $$
    SELECT DISTINCT code.entry_id, shown
    FROM jsonb_array_elements(told) AS one
    JOIN wiki_entrycode AS code ON code.system = one ->> 'system' AND code.code = one ->> 'code'
    WHERE coalesce(one ->> 'match', 'exact') = 'exact'
      AND one ->> 'system' IN ('HPO', 'Mondo', 'OMIM', 'Orphanet', 'DOID')
$$;

CREATE FUNCTION causeway_tie_page_to_entries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM wiki_samesubject WHERE page_id = OLD.page_id;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO wiki_samesubject (entry_id, page_id)
        SELECT found.entry_id, found.page_id FROM causeway_same_subjects(NEW.page_id, NEW.codes) AS found
        ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER tie_to_entries AFTER INSERT OR DELETE OR UPDATE OF codes, page_id ON wiki_publishedpage
    FOR EACH ROW EXECUTE FUNCTION causeway_tie_page_to_entries();

-- Every link between two pages or entries that readers see, from both its ends: `node` is the end it is looked up by.
-- `sure` is the rank of the grade; 0 for what a data set says, -1 for what the evidence is against.
CREATE VIEW wiki_graphlink AS
    SELECT subject_id AS node, object_id AS other, true AS forward, relation, id AS statement_id, NULL::varchar AS row_key,
        CASE WHEN stance IN ('unsupported', 'refuted') THEN -1 ELSE rank::int END AS sure
    FROM wiki_statement
    WHERE EXISTS (SELECT FROM wiki_publishedpage WHERE page_id = object_id)
      AND EXISTS (SELECT FROM wiki_publishedpage WHERE page_id = subject_id)
    UNION ALL
    SELECT object_id, subject_id, false, relation, id, NULL,
        CASE WHEN stance IN ('unsupported', 'refuted') THEN -1 ELSE rank::int END
    FROM wiki_statement
    WHERE EXISTS (SELECT FROM wiki_publishedpage WHERE page_id = object_id)
      AND EXISTS (SELECT FROM wiki_publishedpage WHERE page_id = subject_id)
    UNION ALL
    SELECT subject_id, object_id, true, relation, NULL, key, 0 FROM wiki_datarow WHERE NOT denied
    UNION ALL
    SELECT object_id, subject_id, false, relation, NULL, key, 0 FROM wiki_datarow WHERE NOT denied;
