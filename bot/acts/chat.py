"""The social acts, help, taking a suggestion, and the two plain questions."""

from bot.acts.notes import notes
from bot.clarifying import told_apart
from bot.moment import Draft, Moment
from bot.parts import Parts
from bot.understanding.acts import about_bot


def chat(moment: Moment, parts: Parts) -> Draft:
    """Returns a greeting, thanks, farewell, help, or where the bot's knowledge ends."""
    intent = moment.understanding.intent
    if intent == "greet" and moment.number == 1 and (known := _remembered(moment, parts)):
        return known
    key = intent if intent in ("greet", "thanks", "bye", "help") else "other"
    if about_bot(moment.utterance):
        return Draft("chat", (moment.phrases.say("about_me"),), focus=moment.focus)
    return Draft("chat", (moment.phrases.say(key, seed=moment.seed),), focus=moment.focus)


def _remembered(moment: Moment, parts: Parts) -> Draft | None:
    """Returns a greeting with one true thing of earlier talks: the film last taken, a like, a ban, a mood."""
    taste, say = moment.before, moment.phrases.say
    known = {p.entity for p in taste.preferences}
    taken = parts.catalogue.get(taste.last_accepted) if taste.last_accepted else None
    if taken and taken.id not in known:
        return Draft("chat", (say("greet_taken", title=taken.label),), focus=(taken.id,))
    for key, attitudes in (
        ("greet_back", ("like",)),
        ("greet_avoiding", ("dislike", "avoid")),
        ("greet_mood", ("want",)),
    ):
        if found := taste.having(*attitudes):
            item = parts.catalogue.get(found[-1].entity or "")
            return Draft("chat", (say(key, names=item.label if item else found[-1].text),))
    return None


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
    """Returns the question between items that share a title, what tells them apart as the choices."""
    mention = next(m for m in moment.understanding.mentions if m.kind == "item" and m.rivals)
    ids = [id_ for id_ in (mention.entity, *mention.rivals) if id_]
    items = [item for id_ in ids if (item := parts.catalogue.get(id_))]
    *most, last = told_apart(items, moment.phrases)
    either = moment.phrases.say("or_list", first=moment.phrases.say("comma").join(most), last=last)
    question = moment.phrases.say("ask_which", title=items[0].title, choices=either)
    return Draft("ask", (question,), focus=tuple(item.id for item in items))
