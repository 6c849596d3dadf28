# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the figures into the document, between its two marks; what people wrote around them stays."""

from pathlib import Path

from .goals import FLOOR, OURS, goals
from .results import Results
from .shapes import EVERYONE, SHAPES

BEGIN = "<!-- figures: written by tests/bench/run.py -->"
END = "<!-- end of the figures -->"
QUIET = 0.05

# Of each shape: the columns of its table, and those that are also shown as ratio to the floor's.
COLUMNS = {
    "window1": (["deliveries/s", "server CPU µs per 1,000 deliveries", "echo p50 ms", "echo p99 ms", "server load",
                 "generator load"], ["deliveries/s"]),
    "manyrooms": (["p50 ms", "p99 ms", "p99.9 ms", "max ms", "latest send ms", "server load"], ["p99 ms"]),
    "memory": (["KiB per connection", "KiB right after joining"], []),
    "joins": (["joins/s", "server CPU µs per join", "p99 ms", "server load", "generator load"], ["joins/s"]),
    "idle": (["CPU share, few", "CPU share, ten times", "ratio", "p99 ms, few", "p99 ms, ten times"], []),
    "fill": (["seconds", "growth"], []),
    "slow": (["p99 ms without", "p99 ms beside", "ratio", "memory KiB", "dropped"], []),
}
COLUMNS |= {name: COLUMNS["window1"] for name in ("window16", "tenrooms1", "tenrooms16", "window1cid", "window16cid")} | {"fillv1": COLUMNS["fill"]}


def number(value) -> str:
    if value is None:
        return "–"
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.0f}" if value >= 100 or value == int(value) else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def table(head: list[str], rows: list[list[str]]) -> list[str]:
    return ["| " + " | ".join(head) + " |", "|" + "---|" * len(head), *("| " + " | ".join(row) + " |" for row in rows)]


def shape_section(results: Results, shape) -> list[str]:
    titles = {name: about["title"] for name, about in results.about["servers"].items()}
    present = [name for name in reversed(EVERYONE) if name in shape.servers
               and any(run["shape"] == shape.name and run["server"] == name for run in results.runs)]
    if not present:
        return []
    lines = ["", f"### {shape.title[0].upper()}{shape.title[1:]}", ""]
    if shape.name == "rest":
        return lines + rest_table(results, present, titles)
    columns, ratios = COLUMNS[shape.name]
    head = ["server", *columns, *(f"{name}: of the floor" for name in ratios), "spread", "faults"]
    rows = []
    for server in present:
        if failure := results.failure(shape.name, server):
            rows.append([titles[server], f"failed: {failure}", *[""] * (len(head) - 2)])
            continue
        cells = [number(results.median(shape.name, server, name)) for name in columns]
        cells += [number(results.ratio(shape.name, server, FLOOR, name)) for name in ratios]
        cells.append(f"{100 * results.spread(shape.name, server, (ratios or columns)[0]):.0f} %")
        rows.append([titles[server], *cells, str(results.worst(shape.name, server, "faults"))])
    lines += table(head, rows)
    if shape.name.startswith("fill"):
        steps = results.median(shape.name, OURS, "ms per step")
        if steps:
            lines += ["", f"Parlance, milliseconds for each {results.median(shape.name, OURS, 'step'):.0f} members: "
                      + ", ".join(f"{step:.1f}" for step in steps) + "."]
    return lines


def rest_table(results: Results, present: list[str], titles: dict) -> list[str]:
    names = dict.fromkeys(name for run in results.runs if run["shape"] == "rest" for name in run.get("numbers", {}))
    rows = [[name + (" (requests/s)" if "," in name and "beside" not in name else ""),
             *(number(results.median("rest", server, name)) for server in present)] for name in names]
    failures = [f"{titles[server]} failed: {results.failure('rest', server)}" for server in present
                if results.failure("rest", server)]
    return table(["", *(titles[server] for server in present)], rows) + failures


def caveats(results: Results) -> list[str]:
    about, lines = results.about, []
    noisy = [run for run in results.runs if run.get("foreign", 0) > QUIET]
    if noisy:
        shares = ", ".join(f"{run['shape']} on {run['server']} in round {run['round']} ({100 * run['foreign']:.0f} %)"
                           for run in noisy)
        lines.append(f"**In {len(noisy)} of {len(results.runs)} runs other programs had more than {100 * QUIET:.0f} % of the two "
                     f"cores: {shares}. What these figures say is less sure.**")
    if about["quick"]:
        lines.append("**A smoke run with a tenth of the people and one second each: it shows that the tools work, no more.**")
    for server in about["servers"].values():
        if server["missing"]:
            lines.append(f"{server['title']} was left out: {server['missing']}.")
    return [line for text in lines for line in (text, "")]


def figures(results: Results) -> str:
    about = results.about
    commands = ", then ".join(f"`{command}`" for command in about["commands"])
    lines = [BEGIN, "", f"Taken on {about['date']} with {commands}.", "", *caveats(results)]
    lines += table(["", ""], [[name, value] for name, value in about["machine"].items()]
                   + [[server["title"], server["version"]] for server in about["servers"].values() if server["version"]])
    lines += ["", "## What was to be reached", ""]
    titles = {shape.name: shape.title for shape in SHAPES}
    word = {True: "yes", False: "**no**", None: ""}
    lines += table(["shape", "to reach", "measured", "reached"],
                   [[titles[goal.shape], goal.wanted, goal.measured, word[goal.reached]] for goal in goals(results)])
    lines += ["", "## Each shape", "",
              "Medians of all rounds. Spread: greatest less least, over the median, of the column with the ratio or of the "
              "first. Faults: messages lost, repeated, out of order or in the wrong room and connections lost, in the worst "
              "round. Load: processor time over time; where the generator's is near 1 and the server's is not, the generator "
              "was the limit, and the processor time per delivery tells more than the rate."]
    for shape in SHAPES:
        lines += shape_section(results, shape)
    return "\n".join([*lines, "", END])


def write(results: Results, document: Path, template: Path):
    """Into \a document, which starts as a copy of \a template where it does not exist."""
    text = (document if document.exists() else template).read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise RuntimeError(f"{document} has lost the marks around the figures")
    document.parent.mkdir(parents=True, exist_ok=True)
    document.write_text(before + figures(results) + after, encoding="utf-8")
