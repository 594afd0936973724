// Numbers and names as people write them, read as model/words/numbers.py and model/table/league.py read them. NaN or null where nothing is stated.

const SIGNS = [ // as phones, typographers and spreadsheets write them
  [/[\t\n\v\f\r\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/g, " "],
  [/[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g, ""],
  [/[\u2010-\u2015\u2212\ufe63\uff0d]/g, "-"],
  [/[\ufe62\uff0b]/g, "+"],
  [/[\u066a\ufe6a\uff05]/g, "%"],
  [/[\u2044\u2215\uff0f]/g, "/"],
  [/\uff0c/g, ","],
  [/\uff0e/g, "."],
  [/[\u00b4\u2018\u2019\u02bc\u2032\uff07]/g, "'"],
  [/[\uff10-\uff19]/g, (digit) => String(digit.charCodeAt(0) - 0xff10)],
];
const GROUPED = /^[+-]?[1-9]\d{0,2}(?:([., '])\d{3})(?:\1\d{3})*$/;
const APOSTROPHES = /['’‘‛ʼʻʽʹˈ´`′‵＇.\u200b-\u200f\u2060\ufeff\u00ad]/g; // and dots, and what is not seen
const HYPHENS = /[\u2010-\u2015\u2212\ufe63\uff0d]/g;
const BLANK = /[\t\n\v\f\r\u001c-\u001f\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000 ]+/g;
const DIGITS = 400; // read of a number; the rest changes none

// A number's text with plain signs: one minus, one slash, one kind of space, none at the ends or after a sign.
function cleaned(text) {
  return SIGNS.reduce((plain, [written, meant]) => plain.replace(written, meant), text).replace(/ +/g, " ").replace(/^ | $/g, "").replace(/^([+-]) /, "$1");
}

// Comma and point are decimal marks where one stands alone, and tell themselves apart where there are more.
function plainNumber(text) {
  const bare = cleaned(text);
  if (/^[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)$|^[+-]?\d+(?:\.\d+)?[eE][+-]?\d{1,3}$/.test(bare)) return finite(bare);
  const several = new Set(bare.replace(/[^ ',.]/g, "")).size > 1;
  const end = several ? Math.max(bare.lastIndexOf(","), bare.lastIndexOf(".")) : bare.length;
  const [whole, rest] = [bare.slice(0, Math.max(end, 0)), bare.slice(end + 1)];
  const grouped = GROUPED.exec(whole);
  if (!grouped || grouped[1] === bare[end] || !/^\d*$/.test(rest)) return NaN;
  return finite(`${whole.replaceAll(grouped[1], "")}.${rest || 0}`);
}

function finite(text) {
  const value = Number(text.replace(",", ".").slice(0, DIGITS));
  return Number.isFinite(value) ? value + 0 : NaN; // no minus before nothing
}

// A whole number below 10^12, thousands marked (3.483) or not.
function plainCount(text) {
  const bare = cleaned(text);
  const grouped = /^\d/.test(bare) && GROUPED.exec(bare);
  const digits = grouped ? bare.replaceAll(grouped[1], "") : bare;
  return /^\d{1,12}$/.test(digits) ? Number(digits) : NaN;
}

// 2.700/2.735 as done of due, be it of more done than due.
function plainCounts(text) {
  const [done, due, ...more] = cleaned(text).split("/").map(plainCount);
  return done >= 0 && due >= 0 && !more.length ? { done, due } : null;
}

// A fraction stated in per cent, its sign written or not.
function plainPercent(text) {
  return plainNumber(cleaned(text).replace(/%$/, "")) / 100;
}

// Points up to a limit as they are printed: 19,53 · 19,53/20 · 19,53 điểm.
function plainPoints(text, limit) {
  const bare = cleaned(text).toLowerCase().replace(/\s*(đ|đ\.|điểm|points?)$/, "");
  const [, points, most] = /^(.+)\/([^/]+)$/.exec(bare) || [null, bare, String(limit)];
  const value = plainNumber(points);
  return Math.abs(plainNumber(most) - limit) <= 0.005 && value >= 0 && value <= limit ? value : NaN;
}

// A number as a link carries it, without loss and without an exponent.
function numberText(value) {
  const [digits, zeros] = String(value).split("e-");
  return zeros ? `0.${"0".repeat(Number(zeros) - 1)}${digits.replace(".", "")}` : digits;
}

// A name as it is compared and searched: lower case, without diacritics or marks between letters, đ as d, single spaces.
function foldedName(name) {
  const letters = name.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/[đðɖ]/g, "d");
  return letters.replace(APOSTROPHES, "").replace(HYPHENS, "-").replace(/([a-z0-9]{2})-/g, "$1 ").replace(/-/g, "").replace(BLANK, " ").replace(/^ | $/g, "");
}

// A folded name without the word for its kind: "phu xuyen" of "Xã Phú Xuyên".
function bareName(name) {
  return foldedName(name).replace(/^(xa|phuong|dac khu|thi tran|tinh|thanh pho|tp) /, "");
}

// Whether a unit is among those that a search means: every word in its name, or digits in its code.
function isMeant(text, code, name) {
  const [wanted, folded] = [foldedName(text), foldedName(name)];
  return wanted.split(" ").every((word) => folded.includes(word)) || (/\d/.test(wanted) && foldedName(code).includes(wanted));
}
