"""What a change means for a patient, what it touches, and who has to sign it for that."""

import django.contrib.postgres.fields
from django.db import migrations, models

# A version goes to readers with as many signatures on its words as were asked for when it was sent in.
FUNCTIONS = """
CREATE FUNCTION causeway_signatures_are_there() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT count(*) FROM wiki_requirement WHERE revision_id = NEW.revision_id) > (
        SELECT count(*) FROM wiki_verdict v JOIN wiki_revision r ON r.id = v.revision_id
        WHERE r.id = NEW.revision_id AND v.decision = 'approve' AND v.digest = r.digest
    ) THEN
        RAISE EXCEPTION 'a version is published with all the signatures that it needs'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER signatures_are_there BEFORE INSERT ON wiki_publication
    FOR EACH ROW EXECUTE FUNCTION causeway_signatures_are_there();
"""

DROP_FUNCTIONS = """
DROP TRIGGER signatures_are_there ON wiki_publication;
DROP FUNCTION causeway_signatures_are_there();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("wiki", "0009_people_are_qualified"),
    ]

    operations = [
        migrations.AddField(
            model_name="requirement",
            name="professions",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("physician", "Physician"),
                        ("pharmacist", "Pharmacist"),
                        ("nurse", "Nurse"),
                        ("genetic_counsellor", "Genetic counsellor"),
                        ("psychologist", "Psychologist"),
                        ("therapist", "Physiotherapist, occupational or speech therapist"),
                        ("scientist", "Clinical scientist"),
                    ],
                    max_length=20,
                ),
                default=list,
            ),
        ),
        migrations.AddField(
            model_name="requirement",
            name="reason",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="requirement",
            name="specialties",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
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
                default=list,
            ),
        ),
        migrations.AddField(
            model_name="revision",
            name="meaning",
            field=models.TextField(blank=True, verbose_name="what it means for a patient"),
        ),
        migrations.AddField(
            model_name="revision",
            name="risk",
            field=models.CharField(
                blank=True,
                choices=[("high", "High risk"), ("medium", "Medium risk"), ("low", "Low risk")],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="revision",
            name="touches",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40), default=list
            ),
        ),
        migrations.AddField(
            model_name="revision",
            name="weight",
            field=models.CharField(
                blank=True,
                choices=[
                    ("none", "Nothing: no reader would understand anything differently"),
                    ("wording", "Wording: the same said better"),
                    ("action", "It changes what a reader would do"),
                    ("safety", "Safety: somebody could come to harm without it"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="verdict",
            name="meaning",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="verdict",
            name="standing",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="verdict",
            name="weight",
            field=models.CharField(
                blank=True,
                choices=[
                    ("none", "Nothing: no reader would understand anything differently"),
                    ("wording", "Wording: the same said better"),
                    ("action", "It changes what a reader would do"),
                    ("safety", "Safety: somebody could come to harm without it"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(("weight__in", ["", "none", "wording", "action", "safety"])),
                name="weight_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(("risk__in", ["", "high", "medium", "low"])), name="risk_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "draft"),
                    models.Q(("weight__in", ["action", "safety"]), _negated=True),
                    models.Q(("meaning", ""), _negated=True),
                    _connector="OR",
                ),
                name="weighty_change_says_what_it_means",
            ),
        ),
        migrations.AddConstraint(
            model_name="verdict",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("weight__in", ["action", "safety"]), _negated=True),
                    models.Q(("meaning", ""), _negated=True),
                    _connector="OR",
                ),
                name="verdict_says_what_it_means",
            ),
        ),
        migrations.RunSQL(FUNCTIONS, DROP_FUNCTIONS),
        migrations.AddField(
            model_name="reading",
            name="cosigners",
            field=models.JSONField(default=list),
        ),
    ]
