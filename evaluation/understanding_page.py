"""The report on understanding as one HTML page without scripts."""

from collections.abc import Iterable
from html import escape

from evaluation.understanding import Outcome, Report

_STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#222}"
    "table{border-collapse:collapse;margin:1rem 0}"
    "td,th{border:1px solid #ddd;padding:.25rem .5rem;text-align:left;vertical-align:top}"
    "td.n{text-align:right;font-variant-numeric:tabular-nums}td.hit{background:#e7f5ea}td.miss{background:#fdeaea}"
    "p{color:#666}small{color:#666;display:block}.wide{overflow-x:auto}"
)


def page(report: Report, title: str = "Understanding") -> str:
    """Returns the page: figures, confusion of intents, calibration, the worst rows."""
    figures = _table(
        ("figure", "value"),
        ((_cell(escape(name.replace("_", " "))), _number(value)) for name, value in report.metrics.items()),
    )
    calibration = _table(
        ("confidence", "right", "rows"),
        ((_number(sure), _number(right), _number(rows)) for sure, right, rows in report.calibration),
    )
    worst = _table(("utterance", "faults"), (_row(outcome) for outcome in report.worst()))
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style><h1>{escape(title)}</h1>{figures}"
        f"<h2>Intents</h2><p>Down: the first label. Across: what was understood.</p>{_confusion(report)}"
        f"<h2>Calibration</h2><p>How sure of the intent, and how often right, in groups of equal size.</p>{calibration}"
        f"<h2>Worst rows</h2>{worst}</html>\n"
    )


def _confusion(report: Report) -> str:
    names = sorted({name for pair in report.confusion for name in pair})
    rows = []
    for want in names:
        cells = []
        for got in names:
            count = report.confusion.get((want, got), 0)
            kind = "" if not count else " hit" if want == got else " miss"
            cells.append(f'<td class="n{kind}">{count or ""}</td>')
        rows.append(f"<tr><th>{escape(want)}</th>{''.join(cells)}</tr>")
    head = "".join(f"<th>{escape(name)}</th>" for name in names)
    return f'<div class="wide"><table><tr><th></th>{head}</tr>{"".join(rows)}</table></div>'


def _row(outcome: Outcome) -> tuple[str, str]:
    history = outcome.row.context.history
    before = f"<small>{escape(history[-1].text[-160:])}</small>" if history else ""
    return _cell(before + escape(outcome.row.utterance[:400])), _cell(escape("; ".join(outcome.faults)))


def _number(value: float | int) -> str:
    return f'<td class="n">{value if isinstance(value, int) else f"{value:.3f}"}</td>'


def _cell(content: str) -> str:
    return f"<td>{content}</td>"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    top = "".join(f"<th>{name}</th>" for name in head)
    body = "".join("<tr>" + "".join(row) + "</tr>" for row in rows)
    return f"<table><tr>{top}</tr>{body}</table>"
