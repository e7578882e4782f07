-- A name from each of its words on, so that what is typed is found at the beginning of any word by a range of an index.
-- Titles come before other names and codes, the first word before later ones, short names before long ones.

CREATE FUNCTION causeway_words_of_name(key text, rank integer) RETURNS TABLE (rest text, "order" integer)
LANGUAGE sql IMMUTABLE AS $$
    SELECT array_to_string(words[place:], ' '), (place > 1)::int * 1000000 + rank * 1000 + length(key)
    FROM regexp_split_to_array(key, ' +') AS words, generate_series(1, least(cardinality(words), 12)) AS place
    WHERE words[place] <> ''
$$;

CREATE FUNCTION causeway_name_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM wiki_nameword WHERE name_id = OLD.id;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO wiki_nameword (name_id, rest, "order")
        SELECT NEW.id, word.rest, word."order" FROM causeway_words_of_name(NEW.key, NEW.rank) AS word;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER split_into_words AFTER INSERT OR DELETE OR UPDATE OF key, rank ON wiki_name
    FOR EACH ROW EXECUTE FUNCTION causeway_name_words();

-- Choose the names to suggest for letters with which very many begin: one row each, so that nothing is sorted then.
CREATE FUNCTION causeway_choose_names(most integer, many integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    chosen integer;
BEGIN
    DELETE FROM wiki_namebeginning;
    INSERT INTO wiki_namebeginning (letters, names)
    SELECT letters, array_agg(name_id ORDER BY place) FROM (
        SELECT letters, name_id, row_number() OVER (PARTITION BY letters ORDER BY min("order"), name_id) AS place
        FROM (
            SELECT left(rest, size) AS letters, name_id, "order", count(*) OVER (PARTITION BY left(rest, size)) AS begin_so
            FROM wiki_nameword, generate_series(1, 12) AS size WHERE length(rest) >= size
        ) AS every WHERE begin_so > many GROUP BY letters, name_id
    ) AS ordered WHERE place <= most GROUP BY letters;
    GET DIAGNOSTICS chosen = ROW_COUNT;
    RETURN chosen;
END $$;

-- Return how many words of the names of some pages are there too much and are missing, by page.
CREATE FUNCTION causeway_wrong_name_words(pages bigint[]) RETURNS TABLE (page_id bigint, too_much bigint, missing bigint)
LANGUAGE sql STABLE AS $$
    SELECT page, coalesce(sum(more) FILTER (WHERE more > 0), 0)::bigint,
        coalesce(-sum(more) FILTER (WHERE more < 0), 0)::bigint FROM (
        SELECT page, sum(kept) AS more FROM (
            SELECT one.page_id AS page, one.id, word.rest, word."order", 1 AS kept
            FROM wiki_name AS one JOIN wiki_nameword AS word ON word.name_id = one.id WHERE one.page_id = ANY (pages)
            UNION ALL
            SELECT one.page_id, one.id, word.rest, word."order", -1
            FROM wiki_name AS one, causeway_words_of_name(one.key, one.rank) AS word WHERE one.page_id = ANY (pages)
        ) AS every GROUP BY page, id, rest, "order"
    ) AS compared WHERE more <> 0 GROUP BY page
$$;

CREATE FUNCTION causeway_write_name_words_again(pages bigint[]) RETURNS void LANGUAGE sql AS $$
    DELETE FROM wiki_nameword WHERE name_id IN (SELECT id FROM wiki_name WHERE page_id = ANY (pages));
    INSERT INTO wiki_nameword (name_id, rest, "order")
    SELECT one.id, word.rest, word."order"
    FROM wiki_name AS one, causeway_words_of_name(one.key, one.rank) AS word WHERE one.page_id = ANY (pages);
$$;
