// What Streamlit's own controls say, in the reader's language. They speak English and can't be told otherwise, so each text
// is written over where it appears: before it is painted or read aloud, and only as long as it is one that we know.

const SPOKEN = ["aria-label", "title", "placeholder"];
const MARK = /\\([!-/:-@[-`{-~])/g; // the backslash before a sign of Markdown, which a label is read aloud with
const CHART = "visualization"; // as Vega calls what it draws in
const ICONS_NAMED = '[data-testid="stIconMaterial"], [role="img"][aria-label$=" icon"]';

function interpreter() {
  const [words, sentences] = [new Map(), /** @type {[RegExp, string][]} */ ([])];
  let language = "";

  // A text in our words; nothing where it is none of those known.
  function ours(text) {
    const bare = text.trim();
    if (words.has(bare)) return words.get(bare);
    const [known, said] = sentences.find(([one]) => one.test(bare)) || [];
    return known && bare.replace(known, said);
  }

  function say(node) {
    if (node instanceof Text) {
      const text = ours(node.data);
      if (text && text !== node.data) node.data = text;
      return;
    }
    if (node.matches(ICONS_NAMED)) node.setAttribute("aria-hidden", "true"); // an icon's name is no word
    if (node.getAttribute("aria-roledescription") === CHART) { // one picture, told by its sentence; its marks have no words
      node.setAttribute("role", "img");
      node.removeAttribute("aria-roledescription");
    }
    if (node.matches("svg.marks")) node.setAttribute("aria-hidden", "true");
    for (const name of SPOKEN) {
      const given = node.getAttribute(name);
      const text = given && (ours(given) || given.replace(MARK, "$1"));
      if (text !== given) node.setAttribute(name, text);
    }
  }

  // All that a node holds; a chart is one thing.
  function sayAll(node) {
    if (node instanceof Element || node instanceof Text) say(node);
    if (!(node instanceof SVGElement)) node.childNodes.forEach(sayAll);
  }

  function heard(changes) {
    for (const { type, target, addedNodes } of changes) {
      if (target instanceof SVGElement && type === "childList") continue;
      if (type === "childList") addedNodes.forEach(sayAll);
      else say(target);
    }
  }

  new MutationObserver(heard).observe(document.body, { subtree: true, childList: true, characterData: true,
    attributeFilter: [...SPOKEN, "aria-roledescription"] });
  return {
    // From now on the texts of `to`, whichever language they come in: [what is said, {language: text}].
    speak(to, phrases) {
      if (to === language) return;
      language = to;
      words.clear();
      sentences.length = 0;
      for (const texts of phrases) {
        for (const [from, text] of Object.entries(texts)) {
          if (from === to) continue;
          if (text.includes("{")) sentences.push([pattern(text), texts[to].replace(/\{\w+\}/, "$1")]);
          else words.set(text, texts[to]);
        }
      }
      sayAll(document.body);
    },
  };
}

// What a text with one blank looks like when it is filled.
function pattern(text) {
  const [before, after] = text.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${before}(.+)${after}$`);
}
