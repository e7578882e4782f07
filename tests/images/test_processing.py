"""From whatever file somebody gives to a picture that says nothing but what it shows."""

import io
import struct
import zlib

import pytest
from PIL import Image as Pillow
from PIL import ImageCms, PngImagePlugin

from tests import pictures
from wiki.images import processing
from wiki.images.processing import clean
from wiki.policy.refusal import Refused


def seen(developed, width=None):
    """Return a rendition, decoded."""
    return Pillow.open(io.BytesIO(developed.renditions[width or developed.width]))


@pytest.mark.parametrize(
    ("written", "kind"), [("JPEG", "RGB"), ("PNG", "RGB"), ("WEBP", "RGB"), ("MPO", "RGB")]
)
def test_each_accepted_format_is_developed(written, kind):
    developed = clean(pictures.file(format=written))

    assert (developed.format, developed.width, developed.height) == ("WEBP", 600, 400)
    assert developed.widths == [480, 600]
    assert seen(developed).mode == kind
    assert seen(developed, 480).size == (480, 320)
    assert developed.traces == ()


@pytest.mark.parametrize(
    ("size", "widths"),
    [
        ((300, 200), [300]),
        ((480, 200), [480]),
        ((2000, 1000), [480, 960, 1600]),
        ((1000, 8000), [400]),
        ((100, 8000), [40]),
    ],
)
def test_a_picture_is_never_made_larger(size, widths):
    developed = clean(pictures.file(pictures.picture(*size), "PNG"))

    assert developed.widths == widths
    assert seen(developed).size == (developed.width, developed.height)


def test_the_same_picture_has_the_same_name():
    first, again = (clean(pictures.file(format="PNG", compress_level=level)) for level in (1, 9))

    assert first.name == again.name
    assert clean(pictures.file(pictures.drawing())).name != first.name


def test_a_drawing_is_compressed_losslessly_and_a_scan_with_loss():
    drawn = pictures.drawing()

    assert seen(clean(pictures.file(drawn, "PNG"))).convert("RGB").tobytes() == drawn.tobytes()
    scan = Pillow.linear_gradient("L")
    assert seen(clean(pictures.file(scan, "PNG"))).convert("L").tobytes() != scan.tobytes()


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK"])
def test_every_colour_mode_becomes_srgb(mode):
    made = pictures.picture(mode=mode)

    developed = clean(pictures.file(made, "JPEG" if mode == "CMYK" else "PNG"))

    middle = (300, 200)
    pair = zip(pixel(made, middle), pixel(seen(developed), middle), strict=True)
    assert max(abs(one - other) for one, other in pair) < 40


def pixel(shown, place):
    """Return red, green and blue at a place."""
    return shown.convert("RGB").getpixel(place)


def test_sixteen_bit_values_are_scaled_to_eight_bits():
    made = Pillow.new("I;16", (100, 100), 0x8000)

    developed = clean(pictures.file(made, "PNG"))

    assert abs(seen(developed).convert("L").getpixel((50, 50)) - 128) < 3


def test_transparency_is_kept_and_an_unused_alpha_channel_dropped():
    clear = Pillow.new("RGBA", (100, 100), (255, 0, 0, 0))
    full = Pillow.new("RGBA", (100, 100), (255, 0, 0, 255))

    assert seen(clean(pictures.file(clear, "PNG"))).mode == "RGBA"
    assert seen(clean(pictures.file(full, "PNG"))).mode == "RGB"


def test_the_exif_orientation_is_applied():
    exif = Pillow.Exif()
    exif[0x0112] = 6

    developed = clean(pictures.file(exif=exif))

    assert (developed.width, developed.height) == (400, 600)


def test_a_valid_colour_profile_is_applied_and_an_invalid_one_ignored():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    good = clean(pictures.file(icc_profile=lab))
    bad = clean(pictures.file(icc_profile=b"nonsense"))

    for developed in (good, bad):
        assert "icc_profile" not in seen(developed).info


def with_everything():
    """Return a file that says where, when, with what and of what it was made."""
    exif = Pillow.Exif()
    exif[0x010F] = "Camera maker"
    exif.get_ifd(0x8825)[2] = (51.0, 30.0, 0.0)
    exif.get_ifd(0x8769)[0x9286] = b"ASCII\0\0\0a comment"
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:title>A scan</dc:title></x:xmpmeta>'
    return pictures.file(exif=exif, xmp=xmp, comment=b"<script>alert(1)</script>", dpi=(72, 72))


def test_no_metadata_of_the_file_is_kept():
    developed = clean(with_everything())

    for data in developed.renditions.values():
        file = Pillow.open(io.BytesIO(data))
        file.load()
        assert not dict(file.getexif())
        assert not {"exif", "xmp", "comment", "icc_profile"} & set(file.info)
        assert b"alert" not in data
        assert b"EXIF" not in data


def png_with(**told):
    info = PngImagePlugin.PngInfo()
    for key, value in told.items():
        info.add_text(key, value)
    return pictures.file(format="PNG", pnginfo=info)


def exif_with(tag, value):
    exif = Pillow.Exif()
    exif[tag] = value
    return pictures.file(exif=exif)


def xmp_with(packet):
    return pictures.file(xmp=f"<x:xmpmeta><rdf:RDF>{packet}</rdf:RDF></x:xmpmeta>".encode())


def iptc_with(dataset, *values):
    """Return a JPEG whose IPTC block holds `values` in one dataset."""
    block = b"".join(b"\x1c\x02" + bytes([dataset]) + struct.pack(">H", len(one)) + one for one in values)
    resource = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(block)) + block + b"\0" * (len(block) % 2)
    marker = b"Photoshop 3.0\0" + resource
    plain = pictures.file()
    return plain[:2] + b"\xff\xed" + struct.pack(">H", len(marker) + 2) + marker + plain[2:]


@pytest.mark.parametrize(
    ("data", "fields"),
    [
        (png_with(PatientName="Doe^John"), ("text PatientName",)),
        (png_with(Comment="MRN: 4455"), ("text Comment",)),
        (png_with(Comment="DOE^JOHN", Software="gimp"), ("text Comment",)),
        (png_with(Title="CT of the head", Software="Dr Viewer 1.2"), ()),
        (png_with(Title=""), ()),
        (exif_with(0x010E, "Patient no 12345678"), ("EXIF ImageDescription",)),
        (exif_with(0x010E, "Jane Smith"), ("EXIF ImageDescription",)),
        (exif_with(0x010E, "OLYMPUS DIGITAL CAMERA"), ()),
        (exif_with(0x010E, "Basal Ganglia"), ()),
        (exif_with(0x9C9C, "born 3 May 1961".encode("utf-16-le")), ("EXIF XPComment",)),
        (exif_with(0x013B, "Jane Photographer, jane@example.org"), ()),
        (exif_with(0x0131, "0123 4567 8901"), ()),
        (xmp_with("<dc:title> <rdf:Alt><rdf:li>Mrs Smith</rdf:li></rdf:Alt></dc:title>"), ("XMP title",)),
        (xmp_with("<rdf:Description x:PatientID='77' rdf:about=''/>"), ("XMP PatientID",)),
        (xmp_with("<dc:creator>Jane Photographer</dc:creator>"), ()),
        (iptc_with(120, b"Smith, Jane"), ("IPTC caption",)),
        (iptc_with(25, b"brain", b"mail jane@example.org"), ("IPTC keywords",)),
        (iptc_with(120, b"A scan from our clinic"), ()),
    ],
)
def test_metadata_on_a_patient_are_reported_before_they_are_dropped(data, fields):
    assert clean(data).traces == fields


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_that_claims(width, height, idat=b"", extra=b""):
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + extra
        + chunk(b"IDAT", zlib.compress(idat))
        + chunk(b"IEND", b"")
    )


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"


def moving():
    frames = [pictures.picture(100, 100), pictures.drawing(100, 100)]
    return [pictures.file(frames[0], one, save_all=True, append_images=frames[1:]) for one in ("PNG", "WEBP")]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "no JPEG, PNG or WebP"),
        (SVG, "no JPEG, PNG or WebP"),
        (HTML + pictures.file(), "no JPEG, PNG or WebP"),
        (pictures.file(format="GIF"), "no JPEG, PNG or WebP"),
        (pictures.file(format="BMP"), "no JPEG, PNG or WebP"),
        (pictures.file(format="TIFF"), "no JPEG, PNG or WebP"),
        (pictures.file()[:2000], "broken or not complete"),
        (pictures.file(format="PNG")[:800], "broken or not complete"),
        (pictures.file(format="WEBP")[:1000], "no JPEG|broken or not complete"),
        (png_that_claims(100, 100), "broken or not complete"),
        (png_that_claims(7_000, 7_000), "more than 40 million pixels"),
        (png_that_claims(100_000, 100_000), "more than 40 million pixels"),
        (png_that_claims(12_001, 50), "a side longer than 12,000"),
        (
            png_that_claims(100, 100, extra=chunk(b"zTXt", b"a\0\0" + zlib.compress(b"0" * 9_000_000))),
            "broken or not complete",
        ),
        (pictures.file(pictures.picture(39, 100)), "smaller than 40 pixels"),
        *((one, "moves") for one in moving()),
    ],
)
def test_an_unacceptable_file_is_refused_with_a_sentence(data, why):
    with pytest.raises(Refused, match=why):
        clean(data)


def test_a_file_that_is_too_large_is_not_even_opened(monkeypatch):
    monkeypatch.setattr(processing, "MOST_BYTES", 10_000)

    with pytest.raises(Refused, match="larger than 0 MB"):
        clean(b"\0" * 10_001)


def test_html_appended_to_a_picture_is_removed():
    developed = clean(pictures.file() + HTML)

    assert all(HTML not in data for data in developed.renditions.values())
