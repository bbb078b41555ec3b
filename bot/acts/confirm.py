"""Confirming an edit of the remembered taste, by telling what has changed; or showing all that is known."""

from collections.abc import Iterator, Sequence

from bot.editing import kind_of
from bot.moment import Draft, Moment
from bot.own import limit_in_words
from bot.parts import Parts
from bot.phrases import Phrases
from bot.remembering import asks_for_list, asks_memory
from bot.taste import Forgot, Lifted, Preference, Preferred, Redone, Taste, Undone
from bot.understanding.types import Attitude

TOLD_IN_ORDER: tuple[Attitude, ...] = ("like", "dislike", "seen", "want", "avoid")
_MOST_NAMED = 20  # the latest; an imported history has thousands


def confirm(moment: Moment, parts: Parts) -> Draft:
    """Returns what the edit did: `confirm` in every case, with the names of what changed."""
    say = moment.phrases.say
    match kind_of(moment.understanding, moment.utterance):
        case "show":
            text = _kept(moment, parts) or _recalled(moment, parts) or told(moment.taste, parts, moment.phrases)
        case "undo":
            undone = [e for e in moment.learnt if isinstance(e, Undone)]
            text = _undone(undone, moment.phrases) if undone else say("undone_nothing")
        case "redo":
            back = [e.said for e in moment.learnt if isinstance(e, Redone | Undone) and e.said]
            repeated = moment.phrases.join([f'"{words}"' for words in back])
            text = say("redone", names=repeated) if back else say("redone_last" if moment.learnt else "redone_nothing")
        case "allow":
            keys = {key for e in moment.learnt if isinstance(e, Forgot) for key in e.keys}
            freed = [name_of(p, parts, moment.phrases) for p in moment.before.preferences if p.key in keys]
            named = [m.text for m in moment.understanding.mentions]
            text = (
                say("allowed", names=moment.phrases.join(freed or named))
                if freed
                else say("allowed_already", names=moment.phrases.join(named))
            )
        case "forget_all":
            text = say("forgot_own" if moment.speaker else "forgot_all")
        case "forget":
            keys = {key for e in moment.learnt if isinstance(e, Forgot) for key in e.keys}
            gone = [name_of(p, parts, moment.phrases) for p in moment.before.preferences if p.key in keys]
            text = say("forgot", names=moment.phrases.join(gone)) if keys else say("forgot_nothing")
        case "lift":
            fields = [field for e in moment.learnt if isinstance(e, Lifted) for field in e.fields]
            steered = [steer.move for steer in moment.before.steers if steer not in moment.taste.steers]
            names = [*_limits(moment.before, moment.phrases, fields), *(say(f"move_{move}") for move in steered)]
            text = say("lifted", names=moment.phrases.join(names)) if names else say("lifted_nothing")
        case "save":
            names = [name_of(e.preference, parts, moment.phrases) for e in moment.learnt if isinstance(e, Preferred)]
            text = say("saved", names=moment.phrases.join(names)) if names else say("saved_nothing")
        case "refuse":
            text = say("noted", seed=moment.seed)
        case "change" | "stress":
            changed = [p for p in moment.taste.preferences if moment.before.of(p.key) != p]
            names = [_weighed(p, parts, moment.phrases) for p in changed]
            now, before = moment.taste, moment.before
            if (now.limits, now.leaned) != (before.limits, before.leaned):
                names += _limits(moment.taste, moment.phrases)
            text = say("changed", names=moment.phrases.join(names)) if names else say("noted", seed=moment.seed)
    return Draft("confirm", (text,), focus=moment.focus)


def _kept(moment: Moment, parts: Parts) -> str:
    """What was kept for another time, where that is asked for; "" elsewhere."""
    if not asks_for_list(moment.utterance):
        return ""
    kept = [p for p in moment.taste.having("want") if p.kind == "item" and p.entity and p.scope == "always"]
    names = [name_of(p, parts, moment.phrases) for p in kept[-_MOST_NAMED:]]
    return (
        moment.phrases.say("list_kept", names=moment.phrases.join(names)) if names else moment.phrases.say("list_empty")
    )


def _recalled(moment: Moment, parts: Parts) -> str:
    """What is known of the things asked about ("have I seen Heat?"); "" when all that is known is asked for."""
    if not asks_memory(moment.utterance):
        return ""
    named = {m.entity: m.text for m in moment.understanding.mentions if m.entity}
    asked = {**named, **dict.fromkeys(moment.meant, "")} or dict.fromkeys(moment.focus[:1], "")
    known = [p for p in moment.taste.preferences if p.entity in asked]
    clauses = [_clause(p.attitude, [name_of(p, parts, moment.phrases)], moment.phrases) for p in known]
    for item_id in asked.keys() - {p.entity for p in known}:
        item = parts.catalogue.get(item_id)
        key = "recalled_taken" if item_id in moment.taste.accepted else "recalled_nothing"
        clauses.append(moment.phrases.say(key, name=item.label if item else asked[item_id]))
    return moment.phrases.say("recalled", clauses=moment.phrases.join(clauses)) if clauses else ""


def told(taste: Taste, parts: Parts, phrases: Phrases) -> str:
    """Returns all that a taste holds, in words: every preference by attitude, and the limits."""
    clauses = [
        clause for attitude in TOLD_IN_ORDER for clause in _told_of(taste.having(attitude), attitude, parts, phrases)
    ]
    if taste.steers:
        moves = [phrases.say(f"move_{steer.move}") for steer in taste.steers]
        clauses.append(phrases.say("taste_moves", names=phrases.join(moves)))
    if limits := _limits(taste, phrases):
        clauses.append(phrases.say("taste_limits", names=phrases.join(limits)))
    if not clauses:
        return phrases.say("taste_nothing")
    return phrases.say("taste_intro") + "".join(f"\n- {clause}" for clause in clauses)


def _told_of(found: Sequence[Preference], attitude: Attitude, parts: Parts, phrases: Phrases) -> Iterator[str]:
    """Yields the preferences of one attitude, those together that hold alike."""
    groups: dict[str, list[str]] = {}
    for preference in found:
        groups.setdefault(_notes(preference, phrases), []).append(name_of(preference, parts, phrases))
    for notes, names in groups.items():
        shown = names[-_MOST_NAMED:]
        clause = _clause(attitude, shown, phrases)
        if len(names) > len(shown):
            clause = phrases.say("taste_more", clause=clause, count=len(names) - len(shown))
        yield phrases.say("weighed", clause=clause, notes=notes) if notes else clause


def _notes(preference: Preference, phrases: Phrases) -> str:
    """How firmly and for how long a preference holds, where that is not a matter of course."""
    notes = []
    if preference.attitude in ("want", "avoid", "dislike"):
        notes.append("note_kept" if preference.hard else "note_leaning")
    if preference.attitude not in ("seen", "like") or preference.scope == "talk":
        notes.append(f"note_{preference.scope}")
    told = [phrases.say(note) for note in notes]
    if preference.strength < 1:
        told.append(phrases.say("note_strength", percent=round(100 * preference.strength)))
    return phrases.say("comma").join(told)


def _clause(attitude: Attitude, names: list[str], phrases: Phrases) -> str:
    return phrases.say(f"taste_{attitude}", names=phrases.join(list(dict.fromkeys(names))))


def _weighed(preference: Preference, parts: Parts, phrases: Phrases) -> str:
    """One preference with how firmly and how long it holds."""
    clause = _clause(preference.attitude, [name_of(preference, parts, phrases)], phrases)
    notes = _notes(preference, phrases)
    return phrases.say("weighed", clause=clause, notes=notes) if notes else clause


def _undone(undone: Sequence[Undone], phrases: Phrases) -> str:
    said = [f'"{event.said}"' for event in undone if event.said]
    if not said:
        return phrases.say("undone_last")
    return phrases.say("undone" if len(said) == 1 else "undone_many", names=phrases.join(said))


def _limits(taste: Taste, phrases: Phrases, only: list[str] | None = None) -> list[str]:
    names = ("year_min", "year_max", "runtime_min", "runtime_max")
    said = [
        _leaned(phrases.say(f"limit_{name}", value=value), name, taste, phrases)
        for name in names
        if (value := getattr(taste.limits, name)) is not None and (only is None or name in only)
    ]
    amounts = [
        _leaned(limit_in_words(limit, phrases.domain, phrases), f"amount:{limit.name}", taste, phrases)
        for limit in taste.limits.amounts
        if only is None or {"amounts", f"amount:{limit.name}"} & set(only)
    ]
    return [*said, *amounts]


def _leaned(limit: str, name: str, taste: Taste, phrases: Phrases) -> str:
    return phrases.say("limit_leaned", limit=limit) if name in taste.leaned else limit


def name_of(preference: Preference, parts: Parts, phrases: Phrases) -> str:
    """Returns what a preference is about, in words."""
    if preference.kind == "item" and preference.entity:
        item = parts.catalogue.get(preference.entity)
        return item.label if item else preference.text
    return phrases.called(preference.entity) if preference.entity else preference.text
