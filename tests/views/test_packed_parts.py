"""Answers that are compressed in parts."""

import gzip
import zlib

from hypothesis import given
from hypothesis import strategies as st

from wiki.views.packed_parts import AnswerInParts, AnswerPart, gzipped


@given(st.lists(st.tuples(st.binary(max_size=3000), st.booleans()), max_size=6))
def test_parts_are_one_file(drawn):
    parts = [AnswerPart(content, is_shared=is_shared) for content, is_shared in drawn]
    plain = b"".join(content for content, _ in drawn)

    assert gzip.decompress(gzipped(parts)) == plain == AnswerInParts(parts).content
    # Whoever reads it as a stream finds one file and its end.
    reader = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    assert reader.decompress(gzipped(parts)) == plain
    assert reader.eof
    assert not reader.unused_data


def test_the_length_of_what_is_packed_tells_nothing():
    parts = [
        AnswerPart(b"The same words each time.", is_shared=True),
        AnswerPart(b"a token", is_shared=False),
    ]

    assert len({len(gzipped(parts)) for _ in range(200)}) > 20
