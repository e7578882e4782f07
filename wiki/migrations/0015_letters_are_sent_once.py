"""Mail waits in a table until it is sent; people watch kinds, specialties and the queue."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

LETTERS = """
-- What a letter says and to whom is fixed. What was sent, given up or cut off is never sent again: only a
-- letter that waits can be taken up, and only an answer of the mail server lets one wait again.
CREATE FUNCTION causeway_letter_is_sent_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(OLD) - 'state' - 'send_at' - 'tries' - 'tried_at' - 'trouble' - 'sent_at'
        <> to_jsonb(NEW) - 'state' - 'send_at' - 'tries' - 'tried_at' - 'trouble' - 'sent_at'
    THEN
        RAISE EXCEPTION 'a letter cannot be changed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.state <> OLD.state AND NOT (
        (OLD.state = 'waiting' AND NEW.state IN ('sending', 'dropped'))
        OR (OLD.state = 'sending' AND NEW.state IN ('waiting', 'sent', 'failed', 'unknown'))
        OR (OLD.state = 'unknown' AND NEW.state = 'sent')
    ) THEN
        RAISE EXCEPTION 'a letter cannot go from % to %', OLD.state, NEW.state
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER letter_is_sent_once BEFORE UPDATE ON wiki_letter
    FOR EACH ROW EXECUTE FUNCTION causeway_letter_is_sent_once();
"""

DROP_LETTERS = """
DROP TRIGGER letter_is_sent_once ON wiki_letter;
DROP FUNCTION causeway_letter_is_sent_once();
"""

# A page view has a budget of queries: this reads and writes in the one that loads the page. It writes only
# when somebody sees a version for the first time.
LAST_READ = """
CREATE FUNCTION causeway_last_read(reader bigint, read_page bigint, shown bigint) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
    known wiki_lastread;
    earlier bigint;
BEGIN
    SELECT * INTO known FROM wiki_lastread WHERE person_id = reader AND page_id = read_page;
    IF NOT FOUND THEN
        INSERT INTO wiki_lastread (person_id, page_id, revision_id, read_at)
            VALUES (reader, read_page, shown, clock_timestamp()) ON CONFLICT DO NOTHING;
        RETURN NULL;
    ELSIF known.revision_id <> shown THEN
        UPDATE wiki_lastread SET before_id = known.revision_id, revision_id = shown, read_at = clock_timestamp()
            WHERE id = known.id;
        earlier := known.revision_id;
    ELSIF known.read_at > clock_timestamp() - interval '1 hour' THEN
        -- It stays for a while, so that coming back from the comparison shows the same page.
        earlier := known.before_id;
    END IF;
    RETURN (SELECT number FROM wiki_revision WHERE id = earlier);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("wiki", "0014_the_record_is_chained"),
    ]

    operations = [
        migrations.CreateModel(
            name="LastRead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("read_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.EmailField(max_length=254)),
                ("subject", models.CharField(max_length=250)),
                ("body", models.TextField()),
                ("headers", models.JSONField(default=dict)),
                ("ref", models.CharField(max_length=120, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "To be sent"),
                            ("sending", "Handed to the mail server"),
                            ("sent", "Taken by the mail server"),
                            ("failed", "Given up"),
                            ("unknown", "Cut off while it was sent; not sent again"),
                            ("dropped", "Not sent: no longer wanted, or no longer theirs to read"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("send_at", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("tried_at", models.DateTimeField(null=True)),
                ("trouble", models.TextField(blank=True)),
                ("sent_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="watch",
            name="page_is_watched_once",
        ),
        migrations.AddField(
            model_name="user",
            name="mailing",
            field=models.CharField(
                choices=[
                    ("at_once", "A mail for each, at once"),
                    ("daily", "One mail a day"),
                    ("weekly", "One mail a week"),
                    ("never", "No mail; only the list on the site"),
                ],
                default="at_once",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="watch",
            name="kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("condition", "Condition"),
                    ("finding", "Finding"),
                    ("symptom", "Symptom"),
                    ("infection", "Infection"),
                    ("gene", "Gene"),
                    ("drug", "Drug"),
                    ("exposure", "Exposure"),
                    ("treatment", "Treatment"),
                    ("test", "Test"),
                    ("anatomy", "Anatomy"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="watch",
            name="queue",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="watch",
            name="specialty",
            field=models.CharField(
                blank=True,
                choices=[
                    ("clinical_genetics", "Clinical genetics"),
                    ("clinical_pharmacology", "Clinical pharmacology"),
                    ("endocrinology", "Endocrinology"),
                    ("general_practice", "General practice"),
                    ("infectious_diseases", "Infectious diseases"),
                    ("internal_medicine", "Internal medicine"),
                    ("laboratory_medicine", "Laboratory medicine"),
                    ("nephrology", "Nephrology"),
                    ("neurology", "Neurology"),
                    ("neuropathology", "Neuropathology"),
                    ("neuropsychology", "Neuropsychology"),
                    ("neuroradiology", "Neuroradiology"),
                    ("neurosurgery", "Neurosurgery"),
                    ("obstetrics", "Obstetrics"),
                    ("oncology", "Oncology"),
                    ("paediatrics", "Paediatrics"),
                    ("paediatric_neurology", "Paediatric neurology"),
                    ("psychiatry", "Psychiatry"),
                    ("radiology", "Radiology"),
                    ("rheumatology", "Rheumatology"),
                    ("toxicology", "Toxicology"),
                ],
                max_length=30,
            ),
        ),
        migrations.AlterField(
            model_name="watch",
            name="page",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="watched_by",
                to="wiki.page",
            ),
        ),
        migrations.AddConstraint(
            model_name="watch",
            constraint=models.UniqueConstraint(
                fields=("person", "page", "kind", "specialty", "queue"),
                name="watched_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="watch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", ""), ("page__isnull", False), ("queue", False), ("specialty", "")),
                    models.Q(
                        ("page", None),
                        ("queue", False),
                        ("specialty", ""),
                        models.Q(("kind", ""), _negated=True),
                    ),
                    models.Q(
                        ("kind", ""),
                        ("page", None),
                        ("queue", False),
                        models.Q(("specialty", ""), _negated=True),
                    ),
                    models.Q(("kind", ""), ("page", None), ("queue", True), ("specialty", "")),
                    _connector="OR",
                ),
                name="watch_is_of_one_thing",
            ),
        ),
        migrations.AddField(
            model_name="lastread",
            name="page",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="wiki.page"
            ),
        ),
        migrations.AddField(
            model_name="lastread",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="last_reads",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="lastread",
            name="revision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="wiki.revision"
            ),
        ),
        migrations.AddField(
            model_name="lastread",
            name="before",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="wiki.revision",
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="event",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="letters",
                to="wiki.event",
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="recipient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="letters",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="lastread",
            constraint=models.UniqueConstraint(fields=("person", "page"), name="page_is_last_read_once"),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(("state", "waiting")), fields=["send_at", "id"], name="letter_due"
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["waiting", "sending", "sent", "failed", "unknown", "dropped"])
                ),
                name="sending_is_known",
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="why",
            field=models.CharField(db_default="own", default="own", max_length=50),
        ),
        migrations.AddField(
            model_name="notice",
            name="by_mail",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="notice",
            name="letter",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="notices",
                to="wiki.letter",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("by_mail", True), ("letter", None)),
                fields=["recipient"],
                name="notice_to_mail",
            ),
        ),
        migrations.RunSQL(LETTERS, DROP_LETTERS),
        migrations.RunSQL(LAST_READ, "DROP FUNCTION causeway_last_read(bigint, bigint, bigint);"),
        # Until now every moderator heard of everything that was sent in.
        migrations.RunSQL(
            """
            INSERT INTO wiki_watch (person_id, kind, specialty, queue)
            SELECT id, '', '', true FROM wiki_user WHERE role = 'moderator';
            """,
            "DELETE FROM wiki_watch WHERE page_id IS NULL;",
        ),
        # What was told before is told for the reason that it had then.
        migrations.RunSQL(
            """
            UPDATE wiki_notice SET why = CASE WHEN event.page_id IS NULL THEN 'account' ELSE 'queue' END
            FROM wiki_event AS event
            WHERE event.id = event_id AND (event.page_id IS NULL OR act IN ('submit', 'rebase', 'report'));
            """,
            migrations.RunSQL.noop,
        ),
    ]
