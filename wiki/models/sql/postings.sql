-- Which page holds which word, for ranking by BM25 (S. Robertson and H. Zaragoza, 2009): k1 = 1.2, b = 0.75.
-- A word of the title counts 3, of another name, summary or heading 2, elsewhere 1. Marked with ^ it is looked up in
-- names alone: there a word of a short title counts more than one of a long title.

CREATE FUNCTION causeway_postings(vector tsvector) RETURNS TABLE (lexeme text, impact double precision)
LANGUAGE sql STABLE AS $$
    WITH counted AS (
        SELECT found.lexeme, cardinality(found.positions) AS times,
            'A' = ANY (found.weights) AS is_in_title,
            (SELECT sum(CASE field WHEN 'A' THEN 3 WHEN 'B' THEN 2 WHEN 'C' THEN 2 ELSE 1 END)
             FROM unnest(found.weights) AS field)::float8 AS weight
        FROM unnest(vector) AS found
    ), length AS (
        SELECT sum(times) / coalesce((SELECT mean_length FROM wiki_searchstatistics LIMIT 1), 500) AS relative,
            sum(times) FILTER (WHERE lexeme LIKE '^%' AND is_in_title) / 3.0 AS title
        FROM counted
    )
    SELECT counted.lexeme, CASE
        WHEN counted.lexeme NOT LIKE '^%' THEN weight * 2.2 / (weight + 1.2 * (0.25 + 0.75 * relative))
        WHEN is_in_title THEN 2.2 / (1 + 1.2 * (0.25 + 0.75 * title))
        ELSE 0.8
    END FROM counted, length
$$;

CREATE FUNCTION causeway_post() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM wiki_posting WHERE page_id = OLD.page_id;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO wiki_posting (page_id, lexeme, impact)
        SELECT NEW.page_id, found.lexeme, found.impact FROM causeway_postings(NEW.vector) AS found;
        INSERT INTO wiki_spelling (word, lexeme)
        SELECT split_part(form, ' ', 1), split_part(form, ' ', 2) FROM unnest(NEW.forms) AS form
        WHERE NOT EXISTS (SELECT FROM wiki_spelling WHERE word = split_part(form, ' ', 1));
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER post_words AFTER INSERT OR DELETE ON wiki_publishedpage
    FOR EACH ROW EXECUTE FUNCTION causeway_post();
CREATE TRIGGER post_changed_words AFTER UPDATE ON wiki_publishedpage
    FOR EACH ROW WHEN (OLD.vector IS DISTINCT FROM NEW.vector OR OLD.forms IS DISTINCT FROM NEW.forms)
    EXECUTE FUNCTION causeway_post();

-- Count the whole wiki anew. Impacts follow once the usual length of a page has moved by a tenth.
CREATE FUNCTION causeway_count_words() RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    old_mean double precision := coalesce((SELECT mean_length FROM wiki_searchstatistics LIMIT 1), 500);
    new_mean double precision;
    total integer;
BEGIN
    SELECT count(*), coalesce(avg((SELECT sum(cardinality(found.positions)) FROM unnest(vector) AS found)), 500)
    INTO total, new_mean FROM wiki_publishedpage;
    DELETE FROM wiki_searchstatistics;
    INSERT INTO wiki_searchstatistics (pages, mean_length, common)
    SELECT total, new_mean, coalesce(jsonb_object_agg(lexeme, pages), '{}') FROM (
        SELECT lexeme, count(*) AS pages FROM wiki_posting GROUP BY lexeme HAVING count(*) >= 1000
    ) AS common;
    DELETE FROM wiki_spelling AS one
    WHERE NOT EXISTS (SELECT FROM wiki_posting WHERE wiki_posting.lexeme = one.lexeme)
        OR EXISTS (SELECT FROM wiki_spelling AS other WHERE other.word = one.word AND other.id < one.id);
    IF abs(new_mean - old_mean) > old_mean / 10 THEN
        DELETE FROM wiki_posting;
        INSERT INTO wiki_posting (page_id, lexeme, impact)
        SELECT page_id, found.lexeme, found.impact
        FROM wiki_publishedpage, causeway_postings(vector) AS found;
    END IF;
    RETURN total;
END $$;
