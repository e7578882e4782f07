"""The search for barriers finds what a page shows in another way than all the pages before it."""

from tests.journeys.browsing import barriers

SOUND = """<!doctype html><html lang="en"><head><title>Calcium</title>
<meta name="viewport" content="width=device-width">
<style>
  body {color: #111; background: #fff} a {color: #00c} .note {background: #eee} .wide {display: none}
  .small {all: unset; display: inline-block; width: 12px; height: 12px} nav {line-height: 1; font-size: 12px}
  @media (min-width: 1000px) {.wide {display: block}}
  @media (prefers-color-scheme: dark) {
    body {color: #eee; background: #111} a {color: #9cf} .note {background: #333}
  }
</style></head><body><main><h1>Calcium</h1><p>It falls.</p><p class="note">It rises.</p><a href="/">Home</a>
<label>Name <input name="name"></label></main></body></html>"""
LIGHT = "@media (prefers-color-scheme: light)"
DARK = "@media (prefers-color-scheme: dark)"
DESK = "@media (min-width: 1000px)"
# What is put before what, and the rule that forbids it.
UNSOUND = [
    (f"{LIGHT} {{p {{color: #bbb}}}}", "</style>", "light: color-contrast"),
    (f"{DARK} {{p {{color: #333}}}}", "</style>", "dark: color-contrast"),
    (f"{DARK} {{main {{background: #eee}}}}", "</style>", "dark: color-contrast"),
    (f"{DESK} {{.note {{color: #ccc}}}}", "</style>", "1280, light: color-contrast"),
    ("<div style='background: #222'>", "<p>", "390, light: color-contrast"),
    ("In <a href='/x' style='color: #123; text-decoration: none'>it</a> ", "It falls.", "link-in-text-block"),
    ("<input>", "<label>", "label at main > input"),
    ("<div class='wide'><button></button></div>", "</main>", "1280, dark: button-name"),
    ("<div class='wide'><img src='data:,'></div>", "</main>", "1280, dark: image-alt"),
    ("<ul class='wide'><span>One</span></ul>", "</main>", "1280, dark: list"),
    ("<div class='wide' role='listitem'>One</div>", "</main>", "1280, dark: aria-required-parent"),
    (f"<p>{2 * '<button class=small>x</button>'}</p>", "</main>", "390: target-size at button"),
    ("<nav class='wide'><a href='/a'>a</a><br><a href='/b'>b</a></nav>", "</main>", "1280: target-size at a"),
    ("<p style='width: 500px'>Wide.</p>", "</main>", "390: 508 pixels wide"),
    ("<div>Above</div><div class='empty'>None yet.</div>", "</main>", "div. touches div.empty"),
    ("<h1 style='margin: 0'>Title</h1><div>Below</div>", "<h1>", "h1. touches div."),
]


def test_a_barrier_is_found_after_pages_without_it(page):
    page.set_content(SOUND)
    assert barriers(page) == []

    # The last is the first: what has a barrier is never taken for known.
    for more, place, rule in [*UNSOUND, UNSOUND[0]]:
        page.set_content(SOUND.replace(place, more + place, 1))
        assert rule in " ".join(barriers(page)), more
