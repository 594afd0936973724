// The head of every page: the name, the menu, search, what hands the page on, and the other language. It also keeps the
// browser's own habits: one entry of its history a page, undo and redo by their keys, paper as one has it on screen; and it
// remembers the language chosen.

const FOUND = 12; // things found at most
const ICONS = {
  find: "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5L20 20",
  share: "M12 15V4M8 8l4-4 4 4M6 12H5v8h14v-8h-1",
  guide: "M9 9.2a3 3 0 1 1 4.2 2.7c-.8.4-1.2.9-1.2 1.8v.5M12 17v.6M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z",
  print: "M7 9V4h10v5M7 18H4V9h16v9h-3M7 14h10v6H7z",
};

let given = null; // what the head was last given, for keys pressed anywhere on the page
let tell = (/** @type {string} */ _name, /** @type {string} */ _value) => {};
let opener = () => {};
let going = ""; // the page that was asked for last, until it is there
let guide = null; // the strip that shows a first visitor around

// A change of the link alone is no place to go back to; and whoever goes back takes along what is on screen now.
const shared = (/** @type {any} */ (window).index766 ||= habits());
shared.pressed = pressed;
shared.skipped = () => lead();
shared.lead = lead;
shared.follow = (link) => tell("act", `follow:${link}`);
shared.began = (link) => tell("act", `began:${link}`);
shared.tongue ||= interpreter();
shared.tour ||= { at: -1, offered: false, called: 0 };

function habits() {
  const found = { search: location.search, pressed: (/** @type {KeyboardEvent} */ _event) => {}, skipped: () => false };
  const [push, replace] = [history.pushState, history.replaceState].map((write) => write.bind(history));
  const noted = (write) => (state, title, url) => {
    write(state, title, url);
    found.search = location.search;
  };
  history.replaceState = noted(replace);
  history.pushState = (state, title, url) => {
    const same = url !== undefined && new URL(url, location.href).pathname === location.pathname;
    noted(same ? replace : push)(state, title, url);
  };
  addEventListener("popstate", () => replace(history.state, "", location.pathname + found.search), true);
  addEventListener("keydown", (event) => found.pressed(event), true);
  addEventListener("click", (event) => { // to the content: where there is a panel, that is its first lever
    if (!(event.target instanceof Element && event.target.closest('[data-testid="stSkipToContent"]')) || !found.skipped()) return;
    event.preventDefault();
    event.stopPropagation(); // Streamlit would lead to the page's top
  }, true);
  return found;
}

function pressed(event) {
  if (event.key === "Escape" && guide?.open && (event.target === document.body || event.composedPath().includes(guide.root))) return guide.leave();
  if (["r", "c"].includes(event.key.toLowerCase()) && !writes(event.composedPath()[0]) && !event.ctrlKey && !event.metaKey) return event.stopPropagation(); // Streamlit's own: run again
  if (!(event.ctrlKey || event.metaKey) || event.altKey || !given) return;
  const key = event.key.toLowerCase();
  const act = key === "k" ? opener : key === "p" ? printed : key === "y" || (key === "z" && event.shiftKey) ? () => tell("act", "redo") : key === "z" ? () => tell("act", "undo") : null;
  if (!act || (["z", "y"].includes(key) && beingTyped(event.composedPath()[0]))) return;
  event.preventDefault();
  act();
}

// Whether a key pressed here may be a letter.
function writes(node) {
  return node.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(node.tagName);
}

// A box in which something is being typed: there, the keys of undo are the box's own.
function beingTyped(box) {
  if (box.isContentEditable || box.tagName === "TEXTAREA") return true;
  return box.tagName === "INPUT" && !["range", "checkbox", "radio", "button"].includes(box.type) && box.value !== box.dataset.shown;
}

function printed() {
  tell("act", "print");
}

export default function mount({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".masthead");
  given = data;
  tell = setTriggerValue;
  if (going === data.page) going = "";
  document.documentElement.lang = data.language;
  /** @type {any} */ (window).index766_first?.headed();
  if (data.asks && recalled("language")) tell("act", `remembered:${recalled("language")}`);
  if (data.keys?.known) memorized("keys", data.keys.off ? "off" : "on");
  else if (data.fresh && recalled("keys") === "off") tell("act", "keys:off");
  shared.tongue.speak(data.language, data.phrases);
  if (data.fresh) history.replaceState(history.state, "", `${location.pathname}?${data.link}`);
  const drawn = JSON.stringify([data.pages, data.page, data.words]);
  if (root.drawn !== drawn) draw(root, data);
  root.drawn = drawn;
  guide = root.tour;
  root.tour.update(data.tour);
  if (root.find?.open) root.find.fill();
  if (root.find?.open && !data.found) tell("act", "look"); // what was asked while another run was under way
  if (root.share?.open) root.share.fill();
  if (data.printing && root.printing !== data.printing) {
    root.printing = data.printing;
    whenStill(() => { print(); tell("act", "printed"); });
  }
}

function draw(root, { pages, page, words, other }) {
  const menu = element("nav", { "aria-label": words.menu, onpointerdown: aim, onfocusin: aim }, ...pages.map(({ key, path, name }) => element("a", {
    href: path, "aria-current": key === page && "page",
    onclick: (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return; // the browser's own: a new tab or window
      event.preventDefault();
      if (key === page && !going) return;
      going = key;
      tell("go", key);
    },
  }, name)));
  root.find ||= finder();
  root.share ||= sharer();
  root.tour ||= tour(shared.tour, { lead: () => root.querySelector(".guide").focus(), onward: () => tell("go", "targets") });
  opener = root.find.show;
  const tools = element("div", { class: "tools" },
    button("find", words.find, opener),
    button("share", words.share, root.share.show),
    button("print", words.print, printed),
    button("guide", words.guide, () => tell("act", "guide")),
    element("button", { type: "button", class: "language", lang: other, onclick: () => {
      memorized("language", other);
      tell("act", "language");
    } }, words.other_language));
  root.replaceChildren(element("h1", {}, words.title), menu, tools, root.tour.root, root.find.root, root.share.root);
}

// Where the links of the menu lead: to what is on screen now.
function aim({ currentTarget }) {
  currentTarget.querySelectorAll("a").forEach((link) => { link.search = location.search; });
}

function button(kind, name, act) {
  const sign = element("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, element("path", { d: ICONS[kind] }));
  return element("button", { type: "button", class: kind, "aria-label": name, title: name, onclick: () => act() }, sign);
}

// What one looks for by its name: a page, a league, a unit of this league, a lever.
function finder() {
  const input = element("input", { type: "text", role: "combobox", "aria-expanded": "true", "aria-controls": "found", autocomplete: "off", spellcheck: "false" });
  const list = element("ul", { id: "found", role: "listbox" });
  const root = element("dialog", { class: "finder" }, input, list);
  let shown = [];
  let active = 0;
  const point = () => {
    [...list.children].forEach((node, i) => node.setAttribute("aria-selected", String(i === active)));
    input.setAttribute("aria-activedescendant", `found-${active}`);
    list.children[active]?.scrollIntoView({ block: "nearest" });
  };
  const choose = (one) => {
    root.close();
    if (one.kind === "page") return tell("go", one.key);
    if (one.kind === "lever") lead(one.key);
    return tell("act", `${one.kind}:${one.key}`);
  };
  const finding = {
    root,
    get open() { return root.open; },
    fill() {
      const wanted = foldedName(input.value).split(" ").filter(Boolean);
      const all = [...given.pages.map(({ key, name }) => ({ kind: "page", key, name })), ...(given.found || [])];
      const begins = ({ name }) => Number(!` ${foldedName(name)}`.includes(` ${wanted.join(" ")}`));
      shown = all.filter(({ name }) => wanted.every((part) => foldedName(name).includes(part)));
      if (wanted.length) shown.sort((a, b) => begins(a) - begins(b));
      shown = shown.slice(0, FOUND);
      active = 0;
      list.replaceChildren(...shown.map((one, i) => element("li", { id: `found-${i}`, role: "option", onmousedown: (event) => event.preventDefault(), onclick: () => choose(one) },
        element("span", {}, one.name), element("small", {}, given.words[`kind_${one.kind}`]))));
      if (!shown.length) list.append(element("li", { class: "none" }, given.words.none_found));
      point();
    },
    show() {
      input.value = "";
      input.placeholder = given.words.find_hint;
      input.setAttribute("aria-label", given.words.find);
      list.setAttribute("aria-label", given.words.find);
      if (!root.open) root.showModal();
      finding.fill();
      input.focus();
      if (!given.found) tell("act", "look");
    },
  };
  input.addEventListener("input", finding.fill);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && shown.length) { event.preventDefault(); choose(shown[active]); }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    active = (active + (event.key === "ArrowDown" ? 1 : -1) + shown.length) % Math.max(1, shown.length);
    point();
  });
  root.addEventListener("click", (event) => { if (event.composedPath()[0] === root) root.close(); });
  return finding;
}

// A lever of the panel in sight and under the keys, its first where none is named; false where the page has no panel.
function lead(key = "") {
  const panel = [...document.querySelectorAll(".st-key-panel *")].find((node) => node.shadowRoot);
  const row = panel && panel.shadowRoot.querySelector(key ? `[data-lever="${key}"]` : "[data-lever]");
  if (!row) return false;
  for (let node = row; node; node = node.parentElement) if (node instanceof HTMLDetailsElement) node.open = true;
  row.scrollIntoView({ block: "center" });
  /** @type {HTMLElement} */ (row.querySelector("input")).focus({ preventScroll: true });
  return true;
}

// The link to what is on screen: copied, handed to the phone's own share sheet, as a code; and the page on paper.
function sharer() {
  const link = /** @type {HTMLInputElement} */ (element("input", { type: "text", readonly: true }));
  const said = element("p", { role: "status" });
  const code = element("img", { class: "qr", hidden: true });
  const act = (kind, run) => element("button", { type: "button", class: kind, onclick: run });
  const copy = act("copy", async () => write(said, await copied(link) ? given.words.copied : given.words.not_copied));
  const send = act("send", () => { navigator.share({ title: document.title, url: link.value }).catch(() => {}); });
  const file = act("file", () => download(given.share.file, given.share.name));
  const paper = act("paper", () => { root.close(); printed(); });
  const shut = act("shut", () => root.close());
  const heading = element("h2");
  const root = element("dialog", { class: "sharer" }, heading, link, element("div", { class: "row" }, copy, send, file, paper, shut), said, code);
  const sharing = {
    root,
    get open() { return root.open; },
    fill() {
      const { words, share } = given;
      const long = link.value.length > given.longest;
      const answered = share?.address === link.value ? share : {};
      for (const [node, text] of [[heading, words.share], [copy, words.copy], [send, words.send], [file, words.file], [paper, words.print], [shut, words.close]]) write(node, text);
      link.setAttribute("aria-label", words.link);
      root.setAttribute("aria-label", words.share);
      show(send, Boolean(navigator.share) && !long);
      show(copy, !long);
      show(file, Boolean(answered.file));
      show(code, Boolean(answered.qr));
      if (answered.qr) code.setAttribute("src", answered.qr);
      code.setAttribute("alt", words.qr);
      if (long) write(said, filled(words.too_long, { n: readable(words).count(link.value.length), most: readable(words).count(given.longest) }));
    },
    show() {
      link.value = location.href;
      write(said, "");
      if (!root.open) root.showModal();
      sharing.fill();
      tell("act", `share:${link.value}`);
    },
  };
  root.addEventListener("click", (event) => { if (event.composedPath()[0] === root) root.close(); });
  return sharing;
}

function download(text, name) {
  const link = element("a", { href: URL.createObjectURL(new Blob([text], { type: "text/html" })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

// Something done once the page has drawn all that it was told.
function whenStill(act) {
  const still = () => {
    const app = /** @type {HTMLElement} */ (document.querySelector('[data-testid="stApp"]'));
    if (!app || app.dataset.testScriptState === "notRunning") setTimeout(act, 300);
    else setTimeout(still, 50);
  };
  setTimeout(still, 50);
}
