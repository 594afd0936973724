// What Streamlit's controls say is told in the reader's language, wherever and whenever it appears.

import assert from "node:assert/strict";
import { test } from "node:test";
import { page } from "./load.mjs";

const PHRASES = [
  { vi: "Chọn một mục", en: "Choose an option" }, { vi: "Bỏ {name}", en: "Remove {name}" }, { vi: "Không tìm thấy", en: "No results" }, { vi: "Đã sao chép!", en: "Copied!" },
];

async function speaking(html, to = "vi") {
  const world = await page(html, ["tongue.js"]);
  world.window.PHRASES = PHRASES;
  world.run(`globalThis.tongue = interpreter(); tongue.speak("${to}", PHRASES)`);
  return { ...world, find: (selector) => world.document.querySelector(selector), speak: (one) => world.run(`tongue.speak("${one}", PHRASES)`) };
}

const settled = () => new Promise((done) => { setTimeout(done, 0); });

test("what stands there, what comes and what is changed is told in the reader's words", async () => {
  const world = await speaking('<input placeholder="Choose an option"><p>No results</p><div></div>');
  assert.equal(world.find("input").placeholder, "Chọn một mục");
  assert.equal(world.find("p").textContent, "Không tìm thấy");
  world.find("div").innerHTML = '<button aria-label="Remove Xã Ea Súp"> Copied! </button>';
  world.find("p").firstChild.data = "Choose an option";
  await settled();
  assert.equal(world.find("button").getAttribute("aria-label"), "Bỏ Xã Ea Súp");
  assert.equal(world.find("button").textContent, "Đã sao chép!");
  assert.equal(world.find("p").textContent, "Chọn một mục");
  world.find("button").setAttribute("aria-label", "Remove Xã Ea Drông");
  await settled();
  assert.equal(world.find("button").getAttribute("aria-label"), "Bỏ Xã Ea Drông");
});

test("another language tells all of it anew, and back", async () => {
  const world = await speaking('<input placeholder="Choose an option"><button aria-label="Remove A">No results</button>');
  world.speak("en");
  assert.deepEqual([world.find("input").placeholder, world.find("button").getAttribute("aria-label"), world.find("button").textContent], ["Choose an option", "Remove A", "No results"]);
  world.speak("vi");
  assert.equal(world.find("button").getAttribute("aria-label"), "Bỏ A");
});

test("our own words stay as they are", async () => {
  const world = await speaking('<p>Choose an option now</p><p>Copied? Copied!</p><a title="Xã Remove"></a>');
  assert.deepEqual([...world.document.querySelectorAll("p")].map((node) => node.textContent), ["Choose an option now", "Copied? Copied!"]);
  assert.equal(world.find("a").title, "Xã Remove");
});

test("no sign of Markdown and no icon's name is read aloud", async () => {
  const world = await speaking('<input aria-label="J: Nộp qua mạng \\(%\\)"><span role="img" aria-label="verified icon">verified</span><i data-testid="stIconMaterial">add</i>');
  assert.equal(world.find("input").getAttribute("aria-label"), "J: Nộp qua mạng (%)");
  assert.equal(world.find("span").getAttribute("aria-hidden"), "true");
  assert.equal(world.find("i").getAttribute("aria-hidden"), "true");
});

test("a chart is one picture with one sentence: its many marks are passed over", async () => {
  const world = await speaking('<div role="graphics-document" aria-roledescription="visualization" aria-label="Điểm theo tỷ lệ"><svg><text>No results</text></svg></div>');
  const chart = world.find("div");
  assert.deepEqual([chart.getAttribute("role"), chart.getAttribute("aria-label"), chart.hasAttribute("aria-roledescription")], ["img", "Điểm theo tỷ lệ", false]);
  assert.equal(world.find("text").textContent, "No results");
});
