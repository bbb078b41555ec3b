"""The plots of the recommendation report, each an inline SVG."""

from collections.abc import Callable, Mapping, Sequence
from io import StringIO
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

Part = Mapping[str, Any]
Parts = Mapping[str, Part]
SIZE = (6.4, 3.6)
GREY = "#999999"
LENGTHS = (1, 3, 10, 30, 100, 300)


def recall_curves(parts: Parts) -> str:
    """Returns recall over all targets against the length of the list, a line a part."""

    def draw(axes: Axes) -> None:
        for name, part in parts.items():
            axes.plot([int(cut) for cut in part["curve"]], list(part["curve"].values()), marker=".", label=name)
        axes.set(xscale="log", xlabel="items of the list", ylabel="recall (micro)", ylim=(0, 1))
        axes.set_xticks(LENGTHS, [str(length) for length in LENGTHS])
        axes.minorticks_off()
        axes.grid(color=GREY, linewidth=0.3)
        axes.legend()

    return _svg(draw)


def calibration(parts: Parts) -> str:
    """Returns the chance told against the share of hits, ten best of each list; the diagonal is perfect."""

    def draw(axes: Axes) -> None:
        top = max(max(told, true) for part in parts.values() for told, true, _ in part["calibration"]["bins"])
        axes.plot([0, top], [0, top], color=GREY, linestyle=":")
        for name, part in parts.items():
            told, true, _ = zip(*part["calibration"]["bins"], strict=True)
            axes.plot(told, true, marker="o", label=f"{name}, error {part['calibration']['error']:.3f}")
        axes.set(xlabel="chance told", ylabel="share taken")
        axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
        axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
        axes.legend()

    return _svg(draw)


def errors(rows: Sequence[Part], words: str) -> str:
    """Returns recall@10 and recall@50 of each of the rows; `words` say by what the targets are parted."""

    def draw(axes: Axes) -> None:
        places = range(len(rows))
        for shift, metric in ((-0.2, "recall@10"), (0.2, "recall@50")):
            axes.bar([place + shift for place in places], [row[metric] for row in rows], width=0.4, label=metric)
        axes.set_xticks(list(places), [f"{row['part']}\n{row['targets']} targets" for row in rows], fontsize=8)
        axes.set(xlabel=words, ylabel="recall (micro)")
        axes.margins(y=0.2)
        axes.legend()

    return _svg(draw)


def ablation(signals: Parts) -> str:
    """Returns what recall@10 loses without each signal, with its 95% interval, the greatest loss on top."""
    order = sorted(signals, key=lambda name: float(signals[name]["loss"]["recall@10"]))
    losses = [float(signals[name]["loss"]["recall@10"]) for name in order]
    ends = [signals[name]["interval_95"]["recall@10"] for name in order]

    def draw(axes: Axes) -> None:
        whiskers = (
            [max(loss - low, 0.0) for loss, (low, _) in zip(losses, ends, strict=True)],
            [max(high - loss, 0.0) for loss, (_, high) in zip(losses, ends, strict=True)],
        )
        axes.barh(order, losses, xerr=whiskers, ecolor=GREY)
        axes.axvline(0, color=GREY, linewidth=0.8)
        axes.set(xlabel="recall@10 (macro) lost without it")

    return _svg(draw)


def _svg(draw: Callable[[Axes], None]) -> str:
    figure = Figure(figsize=SIZE, layout="constrained")
    draw(figure.add_subplot())
    file = StringIO()
    figure.savefig(file, format="svg", metadata={"Date": None})
    text = file.getvalue()
    return text[text.index("<svg") :]
