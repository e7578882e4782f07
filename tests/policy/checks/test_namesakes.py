"""Two pages that look the same: refused, or said to whoever reviews, against all titles and other names."""

import pytest

from tests import cast
from wiki.acts.writing import drafts
from wiki.models import Name
from wiki.policy.checks import draft_report
from wiki.policy.refusal import NotReady


def problems(title, by, page=None, **changes):
    """Return what is said of a page's names: (rule, message)."""
    report = draft_report(cast.document(title, **changes), page, by=by)
    names = ("looks-like-another", "is-also-anothers")
    return [(one.rule.id, at.message) for one in report.broken if one.rule.id in names for at in one.findings]


@pytest.mark.parametrize(
    "title", ["Hyp\u043eparathyroidism", "ΗYPOPARATHYROIDISM", "Hypoparath\u1d67roidism"]
)
def test_a_title_in_letters_that_look_the_same_is_refused(published, colleague, title):
    draft = drafts.propose(cast.document(title), author=colleague)

    with pytest.raises(NotReady, match="looks like the title of a page that is published: “Hypopara"):
        cast.submit(draft)


def test_a_title_with_direction_controls_is_refused(published, colleague):
    draft = drafts.propose(cast.document("\u202emsidioryhtarapopyH\u202c"), author=colleague)

    with pytest.raises(NotReady, match="nobody can see"):
        cast.submit(draft)


def test_an_alias_confusable_with_a_title_is_refused(published, colleague):
    (said,) = problems("Low calcium", colleague, aliases=("Hyp\u043eparathyroidism",))

    assert said[0] == "looks-like-another"


def test_an_alias_equal_to_a_title_is_a_warning(published, colleague, moderator):
    (said,) = problems("Low calcium", colleague, aliases=("hypoparathyroidism",))
    assert said == (
        "is-also-anothers",
        "“hypoparathyroidism” is the title of a page that is published: “Hypoparathyroidism”",
    )

    waiting = cast.submit(
        drafts.propose(cast.document("Low calcium", aliases=("Hypoparathyroidism",)), author=colleague)
    )
    assert cast.approve(waiting, moderator).revision == waiting


def test_a_title_equal_to_an_alias_of_another_page_is_a_warning(published, clinician, moderator, colleague):
    cast.approve(cast.submit(cast.make_edit(published, clinician, aliases=("Low PTH",))), moderator)

    (said,) = problems("Low PTH", colleague)

    assert said == (
        "is-also-anothers",
        "“Low PTH” is “Low PTH”, another name of the page “Hypoparathyroidism”",
    )


def test_a_title_like_one_of_a_waiting_page_is_a_warning(published, colleague, clinician):
    cast.submit(drafts.propose(cast.document("Fahr"), author=colleague))

    (said,) = problems("F\u0430hr", clinician)

    assert said == (
        "is-also-anothers",
        "“F\u0430hr” reads much like the title of a page that waits for its review: “Fahr”",
    )


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("Basal ganglia calcification", "Calcifications of the basal ganglia"),
        ("Antipsychotic medication", "Antipsychotic medications"),
        ("HBeAg+ hepatitis test", "HBeAg− hepatitis test"),
    ],
)
def test_a_similar_title_is_a_warning_not_a_refusal(clinician, moderator, colleague, title, other):
    cast.make_page(clinician, moderator, title)

    (said,) = problems(other, colleague)

    assert said == (
        "is-also-anothers",
        f"“{other}” reads much like the title of a page that is published: “{title}”",
    )


def test_a_renamed_heading_names_the_pages_that_link_to_it(clinician, moderator, colleague):
    body = "## Signs\n\nOne.\n\n## Causes\n\nTwo."
    page = cast.make_page(clinician, moderator, "Gout", body=body)
    cast.make_page(clinician, moderator, "Uric acid", body="See [[Gout#Signs]] and [[Gout#Causes|why]].")

    def said(text):
        report = draft_report(cast.document("Gout", body=text), page.pk, by=colleague)
        return [
            at.message
            for one in report.broken
            if one.rule.id == "sections-linked-to-stay"
            for at in one.findings
        ]

    assert said(body) == []
    told = ["“Uric acid” links to the section “Signs”, which is no longer here, or is here twice"]
    assert said(body.replace("## Signs", "## Symptoms")) == told
    assert said(f"## Signs\n\nOf others.\n\n{body}") == told
    assert said(f"## Others\n\n### Signs\n\nOf others.\n\n{body}") == told
    assert said(f"{body}\n\n## Signs of others") == []


def test_a_page_is_not_its_own_namesake(published, clinician):
    assert problems("Hypoparathyroidism", clinician, published.pk) == []
    assert set(Name.objects.filter(page=published).values_list("text", "skeleton")) >= {
        ("Hypoparathyroidism", "hypoparathyroldlsrn")
    }


def test_looking_for_namesakes_takes_a_fixed_number_of_queries(
    published, clinician, django_assert_max_num_queries
):
    names = tuple(f"Name {n}" for n in range(40))

    with django_assert_max_num_queries(40) as few:
        problems("Low calcium", clinician)
    with django_assert_max_num_queries(len(few)):
        problems("Low calcium", clinician, aliases=names)
