-- What published statements say against each other, and against rows of data sets, by kind. Each pair stands once.
-- People of one group against people of another contradict nothing: what is told of whom must be the same, or untold.

CREATE FUNCTION causeway_same_people(one text, other text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT lower(one) = lower(other) OR one = '' OR other = ''
$$;

CREATE FUNCTION causeway_contradictions(leads text[], helping text[], both_ways text[])
RETURNS TABLE (kind text, statement_id bigint, other_id bigint, row_key text)
LANGUAGE sql STABLE AS $$
    WITH shown AS MATERIALIZED (
        SELECT one.* FROM wiki_statement AS one
        JOIN wiki_publishedpage AS here ON here.page_id = one.subject_id
        JOIN wiki_publishedpage AS there ON there.page_id = one.object_id
    ), read AS (
        -- What reads the same from both ends, from each of them.
        SELECT id, subject_id, object_id, relation, stance, rank, population FROM shown
        UNION ALL
        SELECT id, object_id, subject_id, relation, stance, rank, population FROM shown WHERE relation = ANY (both_ways)
    ), told AS (
        SELECT shown.*, page_entry.entry_id AS subject_entry, other_entry.entry_id AS object_entry
        FROM shown JOIN wiki_samesubject AS page_entry ON page_entry.page_id = shown.subject_id
        JOIN wiki_samesubject AS other_entry ON other_entry.page_id = shown.object_id
        WHERE shown.relation = ANY (leads)
    )
    -- One says that it is so, the other that the evidence is missing or against it: what brings something about is
    -- associated with it.
    SELECT 'supported-or-not', one.id, other.id, NULL::text
    FROM shown AS one JOIN read AS other ON other.subject_id = one.subject_id AND other.object_id = one.object_id
    WHERE one.stance = 'asserted' AND other.stance IN ('unsupported', 'refuted')
      AND (other.relation = one.relation
           OR one.relation = ANY (leads) AND (other.relation = ANY (leads) OR other.relation = 'associated_with')
           OR one.relation = ANY (helping) AND other.relation = ANY (helping))
      AND causeway_same_people(one.population, other.population)
    UNION ALL
    SELECT 'treats-or-harms', one.id, other.id, NULL
    FROM shown AS one JOIN shown AS other ON other.subject_id = one.subject_id AND other.object_id = one.object_id
    WHERE one.relation = ANY (helping) AND other.relation IN ('contraindicated_in', 'worsens')
      AND one.stance IN ('asserted', 'disputed') AND other.stance IN ('asserted', 'disputed')
      AND causeway_same_people(one.population, other.population)
    UNION ALL
    SELECT 'frequencies', one.id, other.id, NULL
    FROM shown AS one JOIN shown AS other ON other.subject_id = one.subject_id AND other.object_id = one.object_id
    WHERE one.id < other.id AND (one.share_low > other.share_high OR other.share_low > one.share_high)
      AND (other.relation = one.relation OR one.relation = ANY (leads) AND other.relation = ANY (leads))
      AND causeway_same_people(one.population, other.population)
    UNION ALL
    SELECT 'frequencies', one.id, NULL, data.key
    FROM told AS one JOIN wiki_datarow AS data ON data.subject_id = one.subject_entry AND data.object_id = one.object_entry
    WHERE NOT data.denied AND (one.share_low > data.share_high OR data.share_low > one.share_high)
    UNION ALL
    -- The same told twice, on one page or from both ends, once as far surer.
    SELECT 'certainty', one.id, other.id, NULL
    FROM shown AS one JOIN read AS other ON other.subject_id = one.subject_id AND other.object_id = one.object_id
    WHERE one.id < other.id AND other.relation = one.relation
      AND one.rank > 0 AND other.rank > 0 AND abs(one.rank - other.rank) >= 2
      AND causeway_same_people(one.population, other.population)
    UNION ALL
    SELECT 'inheritance', one.id, other.id, NULL
    FROM shown AS one JOIN shown AS other ON other.subject_id = one.subject_id AND other.object_id = one.object_id
    WHERE one.id < other.id AND other.relation = one.relation
      AND one.inheritance <> '' AND other.inheritance <> '' AND one.inheritance <> other.inheritance
      AND causeway_same_people(one.population, other.population)
    UNION ALL
    SELECT 'denied', one.id, NULL, data.key
    FROM told AS one JOIN wiki_datarow AS data ON data.subject_id = one.subject_entry AND data.object_id = one.object_entry
    WHERE data.denied AND one.stance = 'asserted'
    UNION ALL
    SELECT 'not-supported-here', one.id, NULL, data.key
    FROM told AS one JOIN wiki_datarow AS data ON data.subject_id = one.subject_entry AND data.object_id = one.object_entry
    WHERE NOT data.denied AND one.stance IN ('unsupported', 'refuted')
$$;
