// The first screen: the one-file simulator under a bar, until the whole app stands in its place.
import { tellBusy } from "./busy.js";
import { handOut } from "./media.js";
// @ts-ignore: build.py writes it
import given from "./given.js";
// @ts-ignore: build.py writes it, the panel's own
import { recalled } from "./memory.js";
// @ts-ignore: build.py writes it, the first page's own
import { carried, handIn, handRests } from "./meanwhile.js";

const INSIDE = new URL(".", import.meta.url);
const HOME = new URL("..", INSIDE);
const OPENED = new URL(location.href);
const PAGE = OPENED.pathname.slice(HOME.pathname.length).split("/")[0];
const FRAME_FIRST = 4000; // ms after which loading begins though the first screen is not there yet
const NEWER_TELLS = 4000; // ms that a newer build has to say whether it takes this one's place
const HAND_OVER = 50; // ms that a message takes at most from the frame to here
const FIGURES_LATE = 20000; // ms of a page at rest without its figures, after which something must be wrong

const asked = OPENED.searchParams;
if (!asked.get("lang") && ["vi", "en"].includes(recalled("language"))) speak(recalled("language"));
const t = asked.get("lang") === "en" ? given.en : given.vi;
const bar = document.getElementById("bar");
const [said, progress, retry] = /** @type {[HTMLElement, HTMLProgressElement, HTMLElement]} */ (/** @type {unknown} */ (bar.children));
const root = document.getElementById("root");
const frame = document.createElement("iframe");
const hand = handIn(frame);
let [first, changed] = [null, false]; // the frame's link as it opened, and whether it ever was another
let over = false;
let mounting = false;

document.documentElement.lang = t === given.en ? "en" : "vi";
progress.setAttribute("aria-label", t.label);
retry.textContent = t.retry;
retry.addEventListener("click", () => location.reload());
mark("bar");
document.getElementById("stuck").remove();
bar.hidden = false;
say("fetch", 1);
showFrame();

const enough = typeof WebAssembly === "object" && typeof Worker === "function";
const stays = newerTakes().catch(console.warn).then((taken) => taken && new Promise(() => {})); // and the page is loaded again
if (!enough) fail("browser");
else Promise.all([soon(frame, FRAME_FIRST), stays]).then(load).catch((error) => fail("network", error));

// The language that this browser remembers, where the link says none: for this page, and for the app, which reads the link.
function speak(language) {
  asked.set("lang", language);
  history.replaceState(history.state, "", `${location.pathname}?${asked}`);
}

function mark(name) {
  performance.mark(`index766.${name}`);
}

// ---- the bar ----

function say(step, percent, values = {}) {
  if (over) return;
  const filled = t[step].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "…");
  const text = step === "draw" ? filled : t.loading.replace("{step}", filled);
  if (said.textContent !== text) said.textContent = text;
  progress.value = Math.max(progress.value, percent);
  fit();
}

function fail(why, error) {
  if (over) return;
  over = true;
  if (error) console.warn("index766:", error);
  said.textContent = t[`failed_${why}`];
  progress.hidden = true;
  retry.hidden = why === "browser";
  bar.classList.add("failed");
  frame.inert = false;
  fit();
  mark("failed");
}

function fit() {
  frame.style.top = `${bar.offsetHeight}px`;
  frame.style.height = `calc(100% - ${bar.offsetHeight}px)`;
}

// ---- the first screen ----

function showFrame() {
  const league = given.leagues.includes(asked.get("league")) ? asked.get("league") : given.leagues[0];
  frame.id = "meanwhile";
  frame.title = t.frame;
  frame.src = new URL(`simulators/${league}.${document.documentElement.lang}.html#${asked}`, HOME).href;
  document.body.append(frame);
  frame.addEventListener("load", () => mark("frame"));
  addEventListener("resize", fit);
  fit();
  if (asked.get("unit") === "own" || (asked.has("league") && asked.get("league") !== league)) return; // only the app can show these
  addEventListener("message", ({ source, origin, data }) => {
    if (source !== frame.contentWindow || origin !== location.origin || typeof data?.index766 !== "string" || mounting) return;
    if (first === null) first = data.index766; // as it came: what can't be used of it, the app will say itself
    else if (data.index766 !== first || changed) { changed = true; history.replaceState(history.state, "", location.pathname + joined(data.index766)); }
  });
}

// A link of the frame's, with what the frame can't show as it stands.
function joined(link) {
  return carried(location.search, link, given.beyond);
}

function soon(element, milliseconds) {
  return new Promise((resolve) => {
    element.addEventListener("load", resolve, { once: true });
    setTimeout(resolve, milliseconds);
  });
}

// ---- the whole app ----

// Python and stlite load side by side. Streamlit reads the link as it is mounted, so it is mounted as late as costs
// nothing: when Python is ready for it. Until then the first screen may still change the link.
async function load() {
  const worker = new Worker(new URL("worker.js", INSIDE));
  worker.addEventListener("error", (event) => { event.preventDefault(); fail("network", event.message); });
  const ready = new Promise((resolve) => {
    worker.addEventListener("message", ({ data }) => data?.type === "index766" && heard(data, resolve));
  });
  style();
  const { mount } = await import(new URL("stlite/stlite.js", INSIDE).href);
  given.first.forEach((chunk) => import(new URL(chunk, INSIDE).href).catch(() => {})); // asked for again, and missed, when it is needed
  await ready;
  await handRests(hand);
  await handedOver();
  tellBusy(worker, t.busy);
  const kernel = mounted(mount, worker);
  handOut(kernel);
  kernel.addEventListener("loadError", ({ detail }) => fail("start", detail));
  kernel.addEventListener("loadFinished", opened);
  worker.postMessage("begin");
}

// The first screen's last word: as if it were closed, it hands on what is still under the finger.
function handedOver() {
  mark("opening");
  if (frame.contentDocument) frame.contentWindow.dispatchEvent(new Event("pagehide"));
  frame.inert = true;
  say("draw", 78);
  return new Promise((resolve) => { setTimeout(resolve, HAND_OVER); });
}

function heard({ step, done, total, failed, why }, ready) {
  if (failed) return fail(why, failed);
  if (step !== "fetch") mark(step);
  const megabytes = (bytes) => Math.round(bytes / 1e6);
  if (step === "ready") return ready();
  if (step === "fetch") say(step, 5 + 50 * done / total, { done: megabytes(done), total: megabytes(total) });
  else say(step, step === "unpack" ? 60 : 68);
  return undefined;
}

function style() {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = new URL("stlite/stlite.css", INSIDE).href;
  document.head.append(link);
}

// stlite takes the path it finds for the app's own, and a worker of its own making: it is given the app's path, though a
// page of it was opened, and the worker that is loading already.
function mounted(mount, worker) {
  mounting = true;
  const Ordinary = window.Worker;
  window.Worker = /** @type {any} */ (function () { return worker; });
  history.replaceState(history.state, "", HOME.pathname + location.search);
  const app = mount({
    entrypoint: "app.py", files: {}, pyodideUrl: new URL("pyodide.js", INSIDE).href, wheelUrls: false,
    disableProgressToasts: true, disableErrorToasts: true, disableModuleAutoLoadToasts: true,
  }, root);
  history.replaceState(history.state, "", HOME.pathname + PAGE + location.search);
  window.Worker = Ordinary;
  return app._kernel;
}

function opened() {
  mark("server");
  say("draw", 90);
  const since = performance.now();
  let rest = 0;
  const look = setInterval(() => {
    if (over) clearInterval(look);
    else if (drawn()) { clearInterval(look); stand(); }
    else if (!atRest()) rest = 0;
    else if (!rest) rest = performance.now();
    else if (performance.now() - rest > FIGURES_LATE) { clearInterval(look); fail("start", `no figures after ${performance.now() - since} ms`); }
  }, 50);
}

function atRest() {
  /** @type {HTMLElement} */
  const app = root.querySelector('[data-testid="stApp"]');
  return app?.dataset.testConnectionState === "CONNECTED" && app.dataset.testScriptState === "notRunning"
    && app.querySelector('[data-testid="stVerticalBlock"]') !== null;
}

function drawn() {
  const figures = [...root.querySelectorAll('[data-testid="stBidiComponentRegular"], [data-testid="stBidiComponentIsolated"], [data-testid="stBidiComponent"], .stBidiComponent')];
  const scored = () => [...figures, ...figures.flatMap((one) => [...one.querySelectorAll("*")])]
    .some((one) => (one.shadowRoot ?? one).querySelector(".figure.score strong")?.textContent);
  return PAGE ? atRest() : atRest() && scored();
}

function stand() {
  over = true;
  mark("app");
  const inside = frame.contains(document.activeElement);
  frame.remove();
  bar.remove();
  root.inert = false;
  if (inside) root.querySelector("h1")?.focus();
  if (changed) /** @type {any} */ (window).index766?.began(joined(first).slice(1));
  keep();
}

// Whether a newer build that came during an earlier visit takes over: unless another page needs the older one. What the
// older one's page would still ask for is gone then, so nothing more is begun.
async function newerTakes() {
  const newer = (await navigator.serviceWorker?.getRegistration(HOME))?.waiting;
  if (!newer) return false;
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  const { port1, port2 } = new MessageChannel();
  const told = new Promise((resolve) => { port1.onmessage = ({ data }) => resolve(data); });
  newer.postMessage("begin", [port2]);
  return Promise.race([told, new Promise((resolve) => { setTimeout(resolve, NEWER_TELLS); })]);
}

// For the next visit, also without a network; where a browser offers no service worker (a page that is not secure), it does without.
function keep() {
  navigator.serviceWorker?.register(new URL("sw.js", HOME)).then(() => navigator.serviceWorker.ready).then(() => mark("kept"), console.warn);
}
