"""The progress of long commands, with the time to go."""

from wiki.management.progress import ProgressLines


def test_a_line_every_two_seconds_says_how_long_it_still_takes():
    lines: list[str] = []
    now = [0.0]
    progress = ProgressLines(lines.append, clock=lambda: now[0])
    for second, done in enumerate([10, 20, 40, 1000], start=1):
        now[0] = float(second)
        progress.show(done, 10_000, "Gout")
    now[0] = 60.0
    progress.show(10_000, 10_000)

    assert lines == [
        "20 of 10,000, 17 min to go: Gout",
        "1,000 of 10,000, 27 s to go: Gout",
        "10,000 of 10,000",
    ]


def test_a_slow_beginning_is_not_taken_for_the_pace_of_the_rest():
    lines: list[str] = []
    now = [0.0]
    progress = ProgressLines(lines.append, clock=lambda: now[0])
    for second, done in ((5.0, 1), (7.0, 51)):
        now[0] = second
        progress.show(done, 101)

    assert lines == ["1 of 101", "51 of 101, 2 s to go"]
