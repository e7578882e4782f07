"""What a file says of itself, read in a moment however much of it there is."""

import pytest

from tests.effort import no_more_than
from wiki.images.xmp import words_in_xmp
from wiki.text.language.image_phi import tell_of_a_patient

SIZE = 20_000
PACKETS = {
    "a tag without an end": "<" + "a" * SIZE,
    "a tag of nothing but its name": "<a " + "a" * SIZE + ">",
    "tags within tags": "<a" * SIZE,
    "values without an end": "<a " + "a='" * SIZE + ">",
    "names joined": "<a>" + "a-" * SIZE,
    "names raised": "<dc:title>" + "A'" * SIZE,
}


@pytest.mark.parametrize("packet", PACKETS.values(), ids=PACKETS)
def test_no_file_takes_long_to_read(packet):
    with no_more_than(12):
        tell_of_a_patient(words_in_xmp(packet))


@pytest.mark.parametrize("words", ["DOE^JANE", "x, DOE^J", "d'Arc^Joan"])
def test_a_name_as_scanners_write_it_is_found(words):
    assert tell_of_a_patient([("EXIF Software", words)]) == ("EXIF Software",)


def test_all_values_of_a_tag_are_listed():
    packet = "<rdf:RDF><dc:title lang='en' note=\"A scan\">A head</dc:title></rdf:RDF>"

    told = list(words_in_xmp(packet))

    assert told[:3] == [("XMP lang", "en"), ("XMP note", "A scan"), ("XMP title", "A head")]
