-- A name from each of its words on, so that what is typed is found at the beginning of any word by a range of an index.
-- Titles come before other names and codes, the first word before later ones, short names before long ones.

CREATE FUNCTION causeway_name_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM wiki_nameword WHERE name_id = OLD.id;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO wiki_nameword (name_id, rest, "order")
        SELECT NEW.id, array_to_string(words[place:], ' '),
            (place > 1)::int * 1000000 + NEW.rank * 1000 + length(NEW.key)
        FROM regexp_split_to_array(NEW.key, ' +') AS words, generate_series(1, least(cardinality(words), 12)) AS place
        WHERE words[place] <> '';
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
