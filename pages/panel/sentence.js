// A scenario in one official sentence, as model/report/sentence.py writes it, for as long as a lever moves.

const IN_A_SENTENCE = 2; // changes; more are a list

// The sentence of a frame's figures, whose words, details and levers are as model/report/sentence.py states them.
function sentenceOf(figures, { words, details, levers, switched }) {
  const { before, after, was, is, read, called, units, numbers } = figures;
  if (Number.isNaN(was.place) || Number.isNaN(is.place)) return filled(words.sentence_unranked, details);
  const band = (score) => called[`band.${banded(numbers, score).band.key}`];
  const said = { ...details, score: read.points(before.score), rank: ranked(words.rank_of, was, read), band: band(before.score) };
  const changes = changesOf(figures, words, levers);
  if (!changes.length) return filled(switched ? words.sentence_target : words.sentence_none, said);
  const change = after.score - before.score;
  const verb = change > 0 ? words.rises : change < 0 ? words.falls : words.keeps;
  const few = changes.length <= IN_A_SENTENCE;
  return filled(few ? words.sentence_some : words.sentence_list, { ...said,
    changes: few ? changes.join(words.and) : changes.map((one) => `- ${one}`).join(";\n"),
    moved: filled(verb, { after: read.points(after.score), change: read.signed(change) }),
    rank_after: ranked(is.place === was.place ? words.rank_kept : words.rank_of, is, read),
    ties: is.tied.length ? filled(words.tied_with, { names: listed(is.tied.map((i) => units[i][1]), words, read) }) : "",
    band_after: band(after.score) });
}

function ranked(text, at, read) {
  return filled(text, { rank: read.count(at.place), n: read.count(at.of) });
}

function listed(names, words, read) {
  return names.slice(0, 2).join(", ") + (names.length > 2 ? ` ${filled(words.and_more, { n: read.count(names.length - 2) })}` : "");
}

// Every change in words; of first things that come to one denominator, once.
function changesOf(figures, words, levers) {
  const { scenario, called, numbers, before, read } = figures;
  return [...new Set(Object.entries(scenario).map(([key, value]) => {
    const name = called[key];
    const k = numbers.components.findIndex((c) => c.key === key);
    if (k >= 0) return filled(words.change_points, { name, after: read.points(100 * value), before: read.points(before.components[k]) });
    const { before: published, counted, noun, none_before: none } = levers[key];
    if (value.due !== undefined) {
      if (none && value.due > 0) return firstOf(value, { noun, name }, words, read);
      return filled(words.change_counts, { name, done: read.count(value.done), due: read.count(value.due), noun, before: counted });
    }
    const { rate } = numbers.levers.find((lever) => lever.key === key);
    const moved = value > rate ? words.raise_rate : value < rate ? words.lower_rate : words.keep_rate;
    return filled(moved, { name, before: published, after: read.percent(value) });
  }))];
}

// The first things that come where there was none.
function firstOf({ done, due }, { noun, name }, words, read) {
  const text = done === 0 ? words.change_first_late : done === due ? words.change_first_done : words.change_first_some;
  const count = (n) => read.count(n).padStart(words.language === "vi" ? 2 : 0, "0");
  return filled(text, { due: count(due), done: count(done), noun, name });
}

// The sentence, to be copied.
function createSentence(root) {
  const text = element("p", { class: "sentence" });
  const box = /** @type {HTMLTextAreaElement} */ (element("textarea", { class: "unseen", tabindex: -1, "aria-hidden": "true", readonly: true }));
  const copy = element("button", { type: "button", class: "icon", onclick: async () => {
    box.value = text.textContent;
    const done = await copied(box);
    copy.focus();
    write(status, done ? given.words.copied : given.words.not_copied);
  } }, element("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, element("path", { d: "M9 9h10v11H9zM15 9V4H5v11h4" })));
  const status = element("span", { class: "note", role: "status" });
  let given = null;
  root.replaceChildren(element("div", { class: "copied" }, text, copy), status, box);
  const say = (sentence) => {
    if (text.textContent !== sentence) write(status, "");
    write(text, sentence);
  };

  return {
    // What is said at first, and all that its later words are made of.
    update(data) {
      given = data;
      for (const name of ["aria-label", "title"]) copy.setAttribute(name, data.words.copy);
      say(data.said);
    },
    // The figures of this frame.
    paint(figures) {
      say(sentenceOf(figures, given));
    },
  };
}
