"""The report on recommendation as one HTML page that needs nothing else: tables and inline plots."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from evaluation import recommend_plots as plots
from training.scorer_metrics import CUTOFFS, MAIN

STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem;color:#222}"
    "table{border-collapse:collapse;margin:1rem 0}td,th{border:1px solid #ddd;padding:.25rem .5rem}"
    "td{text-align:right;font-variant-numeric:tabular-nums}th{text-align:left}small{color:#666;font-weight:normal}"
    "table,svg{max-width:100%}svg{height:auto}.beside{display:flex;flex-wrap:wrap;gap:0 2rem;align-items:flex-start}"
    ".plots{display:grid;grid-template-columns:repeat(auto-fit,minmax(24rem,1fr));gap:0 2rem}"
)
PROTOCOLS = {
    "full": "ReDial, full: repeats count, nothing is filtered",
    "dedup": "ReDial, dedup: what was named is no target and is left out of the list",
    "inspired": "INSPIRED, dev: the product's catalogue and weights, what was named left out",
}
LISTS = {
    "coverage@10": "share of the catalogue that is in any list",
    "gini@10": "how unevenly items are shown, 0 (all alike) … 1",
    "diversity@10": "mean cosine distance within a list",
    "novelty@10": "mean −log2 of an item's share of all mentions, bits",
    "popularity_bias@10": "talks that speak of a shown item / of a target",
}


def page(report: Mapping[str, Any], source: str) -> str:
    """Returns the page of a report of `evaluate recommend`. `source` is the name of the file that was measured."""
    parts = {name: report[name] for name in PROTOCOLS if name in report}
    leak = _leaks(report["leak_check"]) if "leak_check" in report else ""
    ablations = [
        f"<h2>What each signal is worth ({escape(name)})</h2>{plots.ablation(part['ablation'])}"
        f"{_ablation_table(part['ablation'])}"
        for name, part in parts.items()
        if "ablation" in part
    ]
    last = list(parts)[-1]
    by_popularity = plots.errors(parts[last]["by_popularity"], "training talks that speak of the target")
    by_turn = plots.errors(parts[last]["by_turn"], "turn of the dialogue")
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Recommendation</title><style>{STYLE}</style>'
        f"<h1>Recommendation</h1><p>{escape(source)}. {leak} Intervals are 95%, whole dialogues drawn again.</p>"
        f"{''.join(_accuracy(name, part) for name, part in parts.items())}"
        f'<div class="plots">{_plot("Recall", plots.recall_curves(parts))}'
        f"{_plot('Calibration', plots.calibration(parts))}"
        f"{_plot(f'By how much the target is spoken of ({last})', by_popularity)}"
        f"{_plot(f'By turn ({last})', by_turn)}</div>"
        f"{''.join(ablations)}{_fusion(report.get('generative'))}</html>\n"
    )


def _leaks(check: Mapping[str, int]) -> str:
    return (
        f"Leak check: {check['rows']} rows ranked again with other answers, every list the same. The weights "
        f"learned from {check['conversations_learned_from']:,} conversations, none of them measured here."
    )


def _accuracy(name: str, part: Mapping[str, Any]) -> str:
    macro, ends = part["macro"], part["interval_95"]
    main = [(metric, f"{macro[metric]:.4f}", _span(ends[metric])) for metric in MAIN]
    cuts = [(f"@{cut}", *_at(macro, cut), f"{part['micro'][f'recall@{cut}']:.4f}") for cut in CUTOFFS]
    lists = [(f"{metric}<br><small>{words}</small>", f"{part['lists'][metric]:.3f}") for metric, words in LISTS.items()]
    return (
        f"<h2>{escape(PROTOCOLS[name])}</h2><p>{part['rows']:,} rows, {part['targets']:,} targets, "
        f"{part['candidate_recall']:.1%} of them candidates; {1000 * part['seconds_per_row']:.0f} ms a row.</p>"
        f'<div class="beside">{table(("macro", "mean", "95%"), main)}'
        f"{table(('', 'precision', 'recall', 'F1', 'NDCG', 'recall, micro'), cuts)}</div>{table(('lists', ''), lists)}"
    )


def _plot(title: str, drawn: str) -> str:
    return f"<section><h2>{title}</h2>{drawn}</section>"


def _at(macro: Mapping[str, float], cut: int) -> list[str]:
    return [f"{macro[f'{metric}@{cut}']:.4f}" for metric in ("precision", "recall", "f1", "ndcg")]


def _ablation_table(signals: Mapping[str, Any]) -> str:
    metrics = [name for name in MAIN if name != "mrr"]
    rows = [
        (
            escape(name),
            *(f"{found['loss'][metric]:+.4f}<br>{_span(found['interval_95'][metric])}" for metric in metrics),
        )
        for name, found in sorted(signals.items(), key=lambda pair: -float(pair[1]["loss"]["recall@10"]))
    ]
    return table(("lost without", *metrics), rows)


def _fusion(generative: Mapping[str, Any] | None) -> str:
    if not generative:
        return ""
    rows = [
        (escape(name), *(f"{found['macro'][metric]:.4f}<br>{_span(found['interval_95'][metric])}" for metric in MAIN))
        for name, found in generative["ways"].items()
    ]
    return (
        f"<h2>The language model's own proposals ({escape(generative['model'])})</h2><p>{generative['rows']} rows; "
        f"{generative['linked']:.0%} of the titles it wrote are in the catalogue.</p>{table(('way', *MAIN), rows)}"
    )


def _span(ends: Sequence[float]) -> str:
    return f"<small>{ends[0]:.3f} … {ends[1]:.3f}</small>"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Returns an HTML table; cells are HTML already, the first of each row its name."""
    top = "".join(f"<th>{name}</th>" for name in head)
    body = "".join(f"<tr>{''.join(_cell(place, cell) for place, cell in enumerate(row))}</tr>" for row in rows)
    return f"<table><tr>{top}</tr>{body}</table>"


def _cell(place: int, content: str) -> str:
    tag = "td" if place else "th"
    return f"<{tag}>{content}</{tag}>"
