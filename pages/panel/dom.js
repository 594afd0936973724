// Small helpers for elements and for numbers as they are read. Text is only ever set as text, never as markup.

const RESTS = 400; // milliseconds after the last frame, when what nobody sees is painted

function element(tag, attributes = {}, ...children) {
  const svg = ["svg", "circle", "rect", "line", "text", "path", "g"].includes(tag);
  const node = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}

function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function show(node, shown) {
  if (node.hidden === shown) node.hidden = !shown;
}

// A paint of a part of the page at once where one sees it, else when the hand rests: it must not hold up what one does see.
function paintedInSight(root, paint) {
  let [seen, waiting, later] = [true, null, 0];
  const late = () => { if (waiting) paint(waiting); waiting = null; };
  if (self.IntersectionObserver) new IntersectionObserver((found) => { if ((seen = found.pop().isIntersecting)) late(); }).observe(root);
  return (figures) => {
    clearTimeout(later);
    waiting = figures;
    if (seen) late();
    else later = setTimeout(late, RESTS);
  };
}

// Whether a box's text is in the clipboard now; where the page came by plain http, as browsers did before they had one.
async function copied(box) {
  const done = await Promise.resolve().then(() => navigator.clipboard.writeText(box.value)).then(() => true, () => false);
  if (done) return true;
  box.focus();
  box.select();
  return document.execCommand("copy");
}

// A sentence with its blanks filled, as model/words/phrases.py does: {n}, {n:unit|units} the noun for n, {names:mid} names
// within a Vietnamese sentence.
function filled(sentence, details) {
  return unbroken(sentence.replace(/\{(\w+)(?::([^}]*))?\}/g, (_, name, how) => {
    const value = String(details[name]);
    if (how === "mid") return value.replace(/(^|, )(Xã|Phường|Đặc khu|Thị trấn) /g, (kind) => kind.toLowerCase());
    return how ? how.split("|")[value === "1" ? 0 : 1] : value;
  }));
}

// A text whose numbers stay on one line with the word or sign that follows, with the rank or sign before, and with the
// number that a range leads to.
function unbroken(text) {
  const parted = /[0-9]\*{0,2} (?=\*{0,2}[%\p{L}\p{N}_])|(?:[Hh]ạng|[Rr]ank|[±≤≥<>]) (?=\*{0,2}[0-9])/gu;
  return text.replace(parted, (found) => `${found.slice(0, -1)}\u00a0`).replace(/([0-9%])–(?=[0-9−])/g, "$1–\u2060");
}

// Numbers in the reader's language; a dash where missing.
function readable(words) {
  const decimal = (value, digits) => {
    if (Number.isNaN(value)) return "–";
    const [whole, part] = Math.abs(value).toFixed(digits).split(".");
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, words.thousands);
    return (value < 0 && Number(value.toFixed(digits)) !== 0 ? "−" : "") + grouped + (part ? words.decimal + part : "");
  };
  const trimmed = (text) => (text.includes(words.decimal) ? text.replace(/0+$/, "").replace(/\D$/, "") : text);
  return {
    points: (hundredths) => decimal(hundredths / 100, 2),
    signed: (hundredths) => (hundredths > 0 ? "+" : "") + decimal(hundredths / 100, 2),
    gain: (points) => trimmed(decimal(points, 3)),
    percent: (rate) => `${trimmed(decimal(100 * rate, 2))}\u00a0%`,
    count: (n) => decimal(n, 0),
    short: (points) => trimmed(decimal(points, 2)),
  };
}
