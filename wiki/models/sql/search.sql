-- Text search of English that treats accented letters as their plain ones.

CREATE TEXT SEARCH CONFIGURATION causeway (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION causeway
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem;
