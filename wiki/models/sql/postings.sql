-- Which page holds which word, for ranking by BM25 (S. Robertson and H. Zaragoza, 2009): k1 = 1.2, b = 0.75.
-- A word of the title counts 3, of another name, summary or heading 2, elsewhere 1. Marked with ^ it is looked up in
-- names alone: there a word of a short title counts more than one of a long title.

-- Words that no page is found by, unless its name holds them. A test compares them with `text/search/folding.py`.
CREATE FUNCTION causeway_stop_words() RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT ARRAY[
        'a', 'about', 'above', 'after', 'again', 'against', 'all', 'also', 'am', 'an', 'and', 'any', 'are', 'aren',
        'arent', 'as', 'at', 'away', 'be', 'because', 'been', 'before', 'being', 'below', 'between', 'both', 'but',
        'by', 'can', 'cannot', 'cant', 'could', 'couldn', 'couldnt', 'did', 'didn', 'didnt', 'do', 'does', 'doesn',
        'doesnt', 'doing', 'don', 'dont', 'during', 'each', 'ever', 'few', 'for', 'from', 'further', 'get', 'gets',
        'go', 'goes', 'going', 'got', 'had', 'has', 'hasnt', 'have', 'haven', 'havent', 'having', 'he', 'her', 'here',
        'hers', 'hes', 'him', 'his', 'how', 'i', 'if', 'im', 'in', 'into', 'is', 'isn', 'isnt', 'it', 'its', 'itself',
        'ive', 'just', 'know', 'let', 'like', 'lot', 'many', 'may', 'me', 'might', 'more', 'most', 'much', 'must', 'my',
        'myself', 'no', 'nor', 'not', 'of', 'off', 'on', 'once', 'only', 'or', 'other', 'our', 'ours', 'out', 'over',
        'own', 'please', 'really', 'same', 'shall', 'she', 'shes', 'should', 'shouldnt', 'so', 'some', 'such', 'tell',
        'than', 'that', 'thats', 'the', 'their', 'theirs', 'them', 'then', 'there', 'theres', 'these', 'they', 'theyre',
        'theyve', 'this', 'those', 'through', 'to', 'too', 'under', 'until', 'up', 'very', 'want', 'was', 'wasn',
        'wasnt', 'we', 'went', 'were', 'werent', 'weve', 'what', 'whats', 'when', 'where', 'which', 'while', 'who',
        'whom', 'why', 'will', 'with', 'wont', 'would', 'wouldnt', 'you', 'your', 'youre', 'yours', 'youve'
    ]
$$;

-- How long a page is, as BM25 counts it.
CREATE FUNCTION causeway_length(vector tsvector) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT sum(cardinality(found.positions)) FROM unnest(vector) AS found WHERE found.lexeme NOT LIKE '^%'
$$;

CREATE FUNCTION causeway_postings(vector tsvector) RETURNS TABLE (lexeme text, impact double precision)
LANGUAGE sql STABLE AS $$
    WITH counted AS (
        SELECT found.lexeme, cardinality(found.positions) AS times, found.lexeme LIKE '^%' AS is_name,
            'A' = ANY (found.weights) AS is_in_title,
            (SELECT sum(CASE field WHEN 'A' THEN 3 WHEN 'B' THEN 2 WHEN 'C' THEN 2 ELSE 1 END)
             FROM unnest(found.weights) AS field)::float8 AS weight
        FROM unnest(vector) AS found
    ), length AS MATERIALIZED (
        SELECT sum(times) FILTER (WHERE NOT is_name)
                / coalesce((SELECT mean_length FROM wiki_searchstatistics LIMIT 1), 500) AS relative,
            sum(times) FILTER (WHERE is_name AND is_in_title) / 3.0 AS title
        FROM counted
    )
    SELECT counted.lexeme, CASE
        WHEN NOT is_name THEN weight * 2.2 / (weight + 1.2 * (0.25 + 0.75 * relative))
        WHEN is_in_title THEN 2.2 / (1 + 1.2 * (0.25 + 0.75 * title))
        ELSE 0.8
    END FROM counted, length WHERE counted.lexeme <> ALL (causeway_stop_words())
$$;

-- Write the words of a page. A row stays where it is right within a fiftieth: scores need not be exact.
CREATE FUNCTION causeway_post_page(page bigint, vector tsvector) RETURNS void LANGUAGE sql AS $$
    WITH old AS MATERIALIZED (
        SELECT lexeme, impact FROM wiki_posting WHERE page_id = page
    ), new AS MATERIALIZED (
        SELECT lexeme, impact FROM causeway_postings(vector)
    ), gone AS (
        DELETE FROM wiki_posting
        WHERE page_id = page AND lexeme IN (SELECT lexeme FROM old EXCEPT SELECT lexeme FROM new)
    )
    INSERT INTO wiki_posting (page_id, lexeme, impact)
    SELECT page, lexeme, new.impact FROM new LEFT JOIN old USING (lexeme)
    WHERE old.impact IS NULL OR abs(old.impact - new.impact) > new.impact / 50
    ORDER BY lexeme
    ON CONFLICT (page_id, lexeme) DO UPDATE SET impact = excluded.impact;
$$;

CREATE FUNCTION causeway_post() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        DELETE FROM wiki_posting WHERE page_id = OLD.page_id;
        RETURN NULL;
    END IF;
    PERFORM causeway_post_page(NEW.page_id, NEW.vector);
    INSERT INTO wiki_spelling (word, lexeme)
    SELECT split_part(form, ' ', 1), split_part(form, ' ', 2) FROM (
        SELECT unnest(NEW.forms) EXCEPT SELECT unnest(CASE WHEN TG_OP = 'UPDATE' THEN OLD.forms END)
    ) AS added (form)
    WHERE NOT EXISTS (SELECT FROM wiki_spelling WHERE word = split_part(form, ' ', 1));
    RETURN NULL;
END $$;

CREATE TRIGGER post_words AFTER INSERT OR DELETE ON wiki_publishedpage
    FOR EACH ROW EXECUTE FUNCTION causeway_post();
CREATE TRIGGER post_changed_words AFTER UPDATE ON wiki_publishedpage
    FOR EACH ROW WHEN (OLD.vector IS DISTINCT FROM NEW.vector OR OLD.forms IS DISTINCT FROM NEW.forms)
    EXECUTE FUNCTION causeway_post();

-- Count the whole wiki anew; return whether the usual length of a page, of two thousand, has moved by a tenth: then
-- the words of all pages are to be written again.
CREATE FUNCTION causeway_count_words() RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    old_mean double precision := coalesce((SELECT mean_length FROM wiki_searchstatistics LIMIT 1), 500);
    new_mean double precision;
    total integer;
BEGIN
    SELECT count(*) INTO total FROM wiki_publishedpage;
    SELECT coalesce(avg(causeway_length(vector)), 500) INTO new_mean
    FROM wiki_publishedpage WHERE page_id % (1 + total / 2000) = 0;
    DELETE FROM wiki_searchstatistics;
    INSERT INTO wiki_searchstatistics (pages, mean_length) VALUES (total, new_mean);
    DELETE FROM wiki_commonword;
    INSERT INTO wiki_commonword (lexeme, pages)
    SELECT lexeme, count(*) FROM wiki_posting GROUP BY lexeme HAVING count(*) >= 50;
    DELETE FROM wiki_spelling AS one
    WHERE NOT EXISTS (SELECT FROM wiki_posting WHERE wiki_posting.lexeme = one.lexeme)
        OR EXISTS (SELECT FROM wiki_spelling AS other WHERE other.word = one.word AND other.id < one.id);
    RETURN abs(new_mean - old_mean) > old_mean / 10;
END $$;

-- Write the words of some pages again, but for those that somebody is changing: these are written by that.
CREATE FUNCTION causeway_post_again(pages bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    one record;
BEGIN
    FOR one IN SELECT page_id, vector FROM wiki_publishedpage WHERE page_id = ANY (pages)
        ORDER BY page_id FOR NO KEY UPDATE SKIP LOCKED
    LOOP
        PERFORM causeway_post_page(one.page_id, one.vector);
    END LOOP;
END $$;

-- Return how many words of some pages are there too much and are missing, by page. One with a score that is out by more
-- than a half is both: the usual length of a page, on which scores depend, may have moved since they were written.
CREATE FUNCTION causeway_wrong_postings(pages bigint[]) RETURNS TABLE (page_id bigint, too_much bigint, missing bigint)
LANGUAGE sql STABLE AS $$
    SELECT page, count(old_impact), count(new_impact) FROM (
        SELECT one.page_id AS page, word.lexeme, word.impact AS new_impact
        FROM wiki_publishedpage AS one, causeway_postings(one.vector) AS word WHERE one.page_id = ANY (pages)
    ) AS new FULL JOIN (
        SELECT one.page_id AS page, one.lexeme, one.impact AS old_impact
        FROM wiki_posting AS one WHERE one.page_id = ANY (pages)
    ) AS old USING (page, lexeme)
    WHERE (abs(old_impact - new_impact) <= new_impact / 2) IS NOT TRUE GROUP BY page
$$;

CREATE FUNCTION causeway_write_postings_again(pages bigint[]) RETURNS void LANGUAGE sql AS $$
    DELETE FROM wiki_posting WHERE page_id = ANY (pages);
    SELECT causeway_post_again(pages);
$$;

-- Return how many spellings of the words of some pages lead to another word and are missing, by page.
CREATE FUNCTION causeway_wrong_spellings(pages bigint[]) RETURNS TABLE (page_id bigint, too_much bigint, missing bigint)
LANGUAGE sql STABLE AS $$
    SELECT one.page_id, count(*) FILTER (WHERE kept.other), count(*) FILTER (WHERE kept.it IS NOT TRUE)
    FROM wiki_publishedpage AS one, unnest(one.forms) AS form, LATERAL (
        SELECT bool_or(lexeme = split_part(form, ' ', 2)) AS it, bool_or(lexeme <> split_part(form, ' ', 2)) AS other
        FROM wiki_spelling WHERE word = split_part(form, ' ', 1)
    ) AS kept
    WHERE one.page_id = ANY (pages) AND (kept.other OR kept.it IS NOT TRUE) GROUP BY one.page_id
$$;

CREATE FUNCTION causeway_write_spellings_again(pages bigint[]) RETURNS void LANGUAGE sql AS $$
    WITH asked AS MATERIALIZED (
        SELECT DISTINCT split_part(form, ' ', 1) AS word, split_part(form, ' ', 2) AS lexeme
        FROM wiki_publishedpage, unnest(forms) AS form WHERE page_id = ANY (pages)
    ), gone AS (
        DELETE FROM wiki_spelling AS one USING asked WHERE one.word = asked.word AND one.lexeme <> asked.lexeme
    )
    INSERT INTO wiki_spelling (word, lexeme) SELECT word, lexeme FROM asked
    WHERE NOT EXISTS (SELECT FROM wiki_spelling AS one WHERE one.word = asked.word AND one.lexeme = asked.lexeme);
$$;
