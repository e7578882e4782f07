-- Questions to the graph of pages and entries. Each reads a bounded number of links, whatever hangs on a node. Compiling
-- a plan (jit) takes longer than any of them.
-- A page and the entries with exactly its code are one node, called by the number of the page.

-- The links of some numbers, statements first, each to the node at its other end. The LIMIT in the LATERAL makes
-- PostgreSQL look the links of each number up by themselves, in the order of the view; a sort would read all of a hub.
CREATE FUNCTION causeway_near(numbers bigint[], most integer)
RETURNS TABLE (came_from bigint, node bigint, forward boolean, relation text, link text, sure integer)
LANGUAGE sql STABLE AS $$
    SELECT start.number, coalesce(same.page_id, link.other), link.forward, link.relation,
        coalesce('s' || link.statement_id, 'r' || link.row_key), link.sure
    FROM unnest(numbers) AS start (number), LATERAL (
        SELECT * FROM wiki_graphlink WHERE wiki_graphlink.node = start.number LIMIT most
    ) AS link
    LEFT JOIN wiki_samesubject AS same ON same.entry_id = link.other
$$;

-- Every number of some nodes: their own, and those of the entries that are the same.
CREATE FUNCTION causeway_numbers(nodes bigint[]) RETURNS TABLE (node bigint, number bigint)
LANGUAGE sql STABLE AS $$
    SELECT one, one FROM unnest(nodes) AS one
    UNION
    SELECT same.page_id, same.entry_id FROM wiki_samesubject AS same WHERE same.page_id = ANY (nodes)
$$;

-- The nodes right beside an end, each with the surest link to it: the first 1,000 of them, the surest first.
CREATE FUNCTION causeway_frontier(ends bigint[], but bigint[])
RETURNS TABLE (node bigint, link text, sure integer)
LANGUAGE sql STABLE AS $$
    SELECT * FROM (
        SELECT DISTINCT ON (near.node) near.node, near.link, near.sure FROM causeway_near(ends, 5000) AS near
        WHERE near.node <> ALL (ends) AND near.node <> ALL (but) ORDER BY near.node, near.sure DESC, near.link
    ) AS best ORDER BY sure DESC, node LIMIT 1000
$$;

-- One step on from the frontier of an end, not through a node with more than 2,000 links. The step is told by its two
-- numbers: these stand in the indexes, and of up to 20,000 steps the links of fifty are read.
CREATE FUNCTION causeway_step(ends bigint[], but bigint[])
RETURNS TABLE (before bigint, first text, first_sure integer, number bigint, other bigint, node bigint, sure integer)
LANGUAGE sql STABLE AS $$
    WITH frontier AS MATERIALIZED (SELECT * FROM causeway_frontier(ends, but))
    SELECT frontier.node, frontier.link, frontier.sure, known.number, link.other, coalesce(same.page_id, link.other),
        link.sure
    FROM causeway_numbers(ARRAY(SELECT frontier.node FROM frontier)) AS known
    JOIN frontier USING (node), LATERAL (
        SELECT *, count(*) OVER () AS links FROM (
            SELECT wiki_graphlink.other, wiki_graphlink.sure FROM wiki_graphlink
            WHERE wiki_graphlink.node = known.number LIMIT 2001
        ) AS read
    ) AS link
    LEFT JOIN wiki_samesubject AS same ON same.entry_id = link.other
    WHERE link.links <= 2000
    LIMIT 20000
$$;

-- The links that a step stands for, each as sure as it.
CREATE FUNCTION causeway_links(number bigint, beside bigint, so_sure integer) RETURNS TABLE (link text)
LANGUAGE sql STABLE AS $$
    SELECT coalesce('s' || statement_id, 'r' || row_key) AS link FROM wiki_graphlink
    WHERE wiki_graphlink.node = number AND wiki_graphlink.other = beside AND wiki_graphlink.sure = so_sure
    ORDER BY 1 LIMIT 50
$$;

-- Ways from one end to the other: the links, how sure each is, the nodes between. Of one and two links, of three, of
-- four, as `steps` asks; the surest first, by their weakest link.
CREATE FUNCTION causeway_paths(small bigint[], large bigint[], steps integer)
RETURNS TABLE (links text[], sure integer[], nodes bigint[])
LANGUAGE plpgsql STABLE SET jit = off AS $$
BEGIN
    IF steps <= 2 THEN
        RETURN QUERY
        WITH near AS MATERIALIZED (SELECT * FROM causeway_near(small, 5000))
        SELECT ARRAY[direct.link], ARRAY[direct.sure], '{}'::bigint[]
        FROM unnest(small) AS start (number), LATERAL (
            SELECT coalesce('s' || statement_id, 'r' || row_key) AS link, wiki_graphlink.sure FROM wiki_graphlink
            WHERE wiki_graphlink.node = start.number AND other = ANY (large) LIMIT 50
        ) AS direct
        UNION ALL
        (
            SELECT ARRAY[near.link, back.link], ARRAY[near.sure, back.sure], ARRAY[near.node]
            FROM near JOIN causeway_numbers(ARRAY(SELECT DISTINCT near.node FROM near)) AS known USING (node), LATERAL (
                SELECT coalesce('s' || statement_id, 'r' || row_key) AS link, wiki_graphlink.sure FROM wiki_graphlink
                WHERE wiki_graphlink.node = known.number AND other = ANY (large)
                ORDER BY wiki_graphlink.sure DESC LIMIT 5
            ) AS back
            WHERE near.node <> ALL (large) AND near.node <> ALL (small)
            ORDER BY least(near.sure, back.sure) DESC, near.sure + back.sure DESC, near.node LIMIT 50
        );
    ELSIF steps = 3 THEN
        RETURN QUERY
        WITH met AS MATERIALIZED (
            SELECT DISTINCT least(step.first_sure, step.sure, behind.sure) AS weakest,
                step.first_sure + step.sure + behind.sure AS together, step.before, step.node, step.number, step.other,
                step.first, step.first_sure, step.sure, behind.link AS last, behind.sure AS last_sure
            FROM causeway_step(small, large) AS step
            JOIN causeway_frontier(large, small) AS behind ON behind.node = step.node
            WHERE step.before <> step.node
            ORDER BY weakest DESC, together DESC, step.before, step.node LIMIT 50
        )
        SELECT ARRAY[met.first, step.link, met.last], ARRAY[met.first_sure, met.sure, met.last_sure],
            ARRAY[met.before, met.node]
        FROM met, LATERAL causeway_links(met.number, met.other, met.sure) AS step
        ORDER BY met.weakest DESC, met.together DESC, met.before, met.node LIMIT 50;
    ELSE
        RETURN QUERY
        WITH met AS (
            SELECT DISTINCT ON (one.node) * FROM causeway_step(small, large) AS one
            ORDER BY one.node, least(one.first_sure, one.sure) DESC, one.before
        ), came AS (
            SELECT DISTINCT ON (one.node) * FROM causeway_step(large, small) AS one
            ORDER BY one.node, least(one.first_sure, one.sure) DESC, one.before
        ), way AS MATERIALIZED (
            SELECT met.*, came.before AS behind, came.number AS last_number, came.other AS last_other, came.first AS last,
                came.sure AS after_sure, came.first_sure AS last_sure,
                least(met.first_sure, met.sure, came.sure, came.first_sure) AS weakest
            FROM met JOIN came USING (node)
            WHERE met.before <> came.before AND met.node <> ALL (small) AND met.node <> ALL (large)
            ORDER BY weakest DESC, met.node LIMIT 50
        )
        SELECT ARRAY[way.first, there.link, back.link, way.last],
            ARRAY[way.first_sure, way.sure, way.after_sure, way.last_sure], ARRAY[way.before, way.node, way.behind]
        FROM way, LATERAL (SELECT * FROM causeway_links(way.number, way.other, way.sure) LIMIT 1) AS there,
            LATERAL (SELECT * FROM causeway_links(way.last_number, way.last_other, way.after_sure) LIMIT 1) AS back
        ORDER BY way.weakest DESC, way.node;
    END IF;
END $$;

-- What is linked to all ends in the same way. The ends but one come as slots, each with its numbers. How many links an
-- entry has is looked up one by one: a join reads all entries again for each row.
CREATE FUNCTION causeway_in_common(small bigint[], slots integer[], numbers bigint[])
RETURNS TABLE (node bigint, link text, sure integer, theirs jsonb)
LANGUAGE sql STABLE SET jit = off AS $$
    WITH near AS MATERIALIZED (
        SELECT DISTINCT ON (one.node, one.forward, one.relation) one.* FROM causeway_near(small, 5000) AS one
        WHERE one.node <> ALL (small || numbers) ORDER BY one.node, one.forward, one.relation, one.sure DESC, one.link
    ), theirs AS (
        SELECT DISTINCT ON (near.node, near.forward, near.relation, asked.slot)
            near.node, near.forward, near.relation, asked.slot, back.link, back.sure
        FROM near JOIN causeway_numbers(ARRAY(SELECT DISTINCT near.node FROM near)) AS known USING (node)
        CROSS JOIN unnest(slots, numbers) AS asked (slot, number), LATERAL (
            SELECT coalesce('s' || statement_id, 'r' || row_key) AS link, wiki_graphlink.sure FROM wiki_graphlink
            WHERE wiki_graphlink.node = known.number AND other = asked.number
              AND wiki_graphlink.relation = near.relation AND wiki_graphlink.forward <> near.forward
            ORDER BY wiki_graphlink.sure DESC LIMIT 1
        ) AS back
        ORDER BY near.node, near.forward, near.relation, asked.slot, back.sure DESC, back.link
    )
    SELECT near.node, near.link, near.sure, found.theirs FROM near JOIN (
        SELECT one.node, one.forward, one.relation, min(one.sure) AS least,
            jsonb_agg(jsonb_build_array(one.slot, one.link, one.sure) ORDER BY one.slot) AS theirs
        FROM theirs AS one GROUP BY 1, 2, 3
        HAVING count(*) = (SELECT count(DISTINCT slot) FROM unnest(slots) AS slot)
    ) AS found USING (node, forward, relation)
    ORDER BY least(near.sure, found.least) DESC,
        coalesce((SELECT entry.links FROM wiki_entry AS entry WHERE entry.id = near.node), 0), near.node LIMIT 50
$$;

-- Which diseases of a data set fit some findings best. For each finding asked for, the best of what the disease shows at
-- it or above it counts: the information in knowing that (the rarer, the more), less for what it shows seldom.
-- What is so common that a quarter of all diseases show it says nothing, unless it was asked for itself. What is shown
-- too seldom to be worth anything is not read: of a finding that all diseases show, nothing. How many diseases there are
-- is told by the widest finding, not counted. What is compared fits into the memory given. Each match comes with the row
-- that tells it and its sources, of several the one with the greatest share.
CREATE FUNCTION causeway_fitting(findings bigint[], most integer)
RETURNS TABLE (disease_id bigint, score double precision, matched jsonb)
LANGUAGE sql STABLE SET jit = off SET work_mem = '16MB' AS $$
    WITH above AS MATERIALIZED (
        SELECT upward.entry_id AS asked, upward.distance, entry.id AS finding, entry.disease_count AS diseases,
            max(entry.disease_count) OVER (PARTITION BY entry.release_id)::float8 AS most_diseases
        FROM wiki_entryancestor AS upward JOIN wiki_entry AS entry ON entry.id = upward.ancestor_id
        WHERE upward.entry_id = ANY (findings) AND entry.disease_count > 0
    ), upward AS MATERIALIZED (
        SELECT DISTINCT above.asked, above.finding, ln(above.most_diseases / above.diseases) AS information
        FROM above WHERE above.diseases < above.most_diseases / 4 OR above.distance = 0
    ), told AS MATERIALIZED (
        SELECT shown.disease_id, upward.asked, upward.finding, shown.share, upward.information + ln(shown.share) AS worth
        FROM upward CROSS JOIN LATERAL (
            SELECT disease_id, share FROM wiki_entryfinding
            WHERE finding_id = upward.finding AND share > exp(-upward.information)
        ) AS shown
    ), scored AS (
        SELECT told.disease_id, told.asked, max(told.worth) AS worth FROM told GROUP BY 1, 2
    ), ranked AS MATERIALIZED (
        SELECT scored.disease_id, sum(scored.worth) AS score FROM scored WHERE scored.worth > 0
        GROUP BY 1 ORDER BY 2 DESC, 1 DESC LIMIT most
    ), fits AS (
        SELECT DISTINCT ON (told.disease_id, told.asked) told.* FROM told
        WHERE told.disease_id IN (SELECT ranked.disease_id FROM ranked)
        ORDER BY told.disease_id, told.asked, told.worth DESC, told.finding DESC
    ), own AS MATERIALIZED (
        SELECT subject_id, object_id, share_high, key, sources FROM wiki_datarow
        WHERE subject_id IN (SELECT ranked.disease_id FROM ranked) AND NOT denied
    ), beneath AS MATERIALIZED (
        SELECT entry_id, ancestor_id FROM wiki_entryancestor WHERE ancestor_id IN (SELECT fits.finding FROM fits)
    ), resting AS MATERIALIZED (
        SELECT DISTINCT ON (own.subject_id, beneath.ancestor_id) own.subject_id, beneath.ancestor_id, own.key, own.sources
        FROM own JOIN beneath ON beneath.entry_id = own.object_id
        ORDER BY own.subject_id, beneath.ancestor_id, coalesce(own.share_high, 0) DESC, own.key
    )
    SELECT ranked.disease_id, ranked.score, jsonb_agg(jsonb_build_array(
        fits.asked, fits.finding, fits.share, fits.worth, coalesce(resting.key, ''), coalesce(resting.sources, '{}')
    ))
    FROM ranked JOIN fits USING (disease_id)
    LEFT JOIN resting ON resting.subject_id = fits.disease_id AND resting.ancestor_id = fits.finding
    WHERE fits.worth > 0 GROUP BY 1, 2 ORDER BY 2 DESC, 1 DESC
$$;
