"""The social acts, help, taking a suggestion, and the two plain questions."""

from bot.acts.notes import notes
from bot.moment import Draft, Moment
from bot.parts import Parts


def chat(moment: Moment, parts: Parts) -> Draft:
    """Returns a greeting, thanks, farewell, help, or where the bot's knowledge ends."""
    intent = moment.understanding.intent
    if intent == "greet":
        liked = [p for p in moment.taste.having("like") if p.turn < 0]
        if liked and not moment.before.shown:
            item = parts.catalogue.get(liked[-1].entity or "")
            name = item.label if item else liked[-1].text
            return Draft("chat", (moment.phrases.say("greet_back", names=name),))
    key = intent if intent in ("greet", "thanks", "bye", "help") else "other"
    return Draft("chat", (moment.phrases.say(key, seed=moment.seed),), focus=moment.focus)


def accept(moment: Moment, parts: Parts) -> Draft:
    """Returns good wishes for the film that was taken."""
    named = [m.entity for m in moment.understanding.mentions if m.kind == "item" and m.entity]
    ids = moment.meant or named or (moment.focus[:1] if moment.before.shown else ())
    items = [item for id_ in ids if (item := parts.catalogue.get(id_))]
    if not items:
        return Draft("chat", (moment.phrases.say("accepted_none"),))
    titles = moment.phrases.join([item.label for item in items])
    text = moment.phrases.say("accepted", seed=moment.seed, title=titles)
    return Draft("chat", (text,), focus=tuple(item.id for item in items))


def ask_first(moment: Moment, parts: Parts) -> Draft:
    """Returns a question for a first like or wish, when what is known does not say what to look for."""
    noted = moment.phrases.say("noted", seed=moment.seed) + " " if moment.learnt else ""
    if note := notes(moment):
        noted = note + " "
    return Draft("ask", (noted + moment.phrases.say("ask_first", seed=moment.seed),), focus=moment.focus)


def ask_which_shown(moment: Moment, parts: Parts) -> Draft:
    """Returns the question which film is meant, when what is said of it is true of none that was shown."""
    named = [m.text for m in moment.understanding.mentions if m.entity and m.kind != "item"]
    text = moment.phrases.say("ask_which_shown", names=moment.phrases.join(named))
    return Draft("ask", (text,), focus=moment.focus)


def ask_which(moment: Moment, parts: Parts) -> Draft:
    """Returns the question between films that share a title, their years as the choices."""
    mention = next(m for m in moment.understanding.mentions if m.kind == "item" and m.rivals)
    ids = [id_ for id_ in (mention.entity, *mention.rivals) if id_]
    items = [item for id_ in ids if (item := parts.catalogue.get(id_))]
    choices = [str(item.year) for item in items]
    either = moment.phrases.say("or_list", first=", ".join(choices[:-1]), last=choices[-1])
    question = moment.phrases.say("ask_which", title=items[0].title, choices=either)
    return Draft("ask", (question,), focus=tuple(item.id for item in items))
