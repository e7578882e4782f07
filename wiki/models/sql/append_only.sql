-- Triggers that several tables share.

-- Rows may be added and nothing else. Each argument names a column that may be set to null, which is what
-- removing an account does, and with it the name kept beside: `by_id` takes `by_name` along, `by_id:who` takes `who`.
CREATE FUNCTION causeway_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    argument text;
    nullable text;
    name text;
    before jsonb;
    after jsonb;
BEGIN
    IF TG_OP <> 'UPDATE' THEN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    before := to_jsonb(OLD);
    after := to_jsonb(NEW);
    FOREACH argument IN ARRAY coalesce(TG_ARGV, '{}') LOOP
        nullable := split_part(argument, ':', 1);
        name := coalesce(nullif(split_part(argument, ':', 2), ''), regexp_replace(nullable, '_id$', '_name'));
        IF after -> nullable = 'null'::jsonb THEN
            IF before -> nullable <> 'null'::jsonb THEN
                before := before - name;
                after := after - name;
            END IF;
            before := before - nullable;
            after := after - nullable;
        END IF;
    END LOOP;
    IF before <> after THEN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- Emptying a table would pass the triggers of its rows.
CREATE FUNCTION causeway_no_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% cannot be emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
