// The search of the site: an index of a registry in, the codes that fit a query out, best first. A classic script
// without dependencies, which runs from a file and under Node.js. It does what xtask/src/search does in Rust, function
// by function, and tests hold the two together.
//
//   const search = ErrbookSearch.load(index);              // the JSON that `Index::of` makes, which it takes over
//   search.find("FaceCode -5007", { limit: 10 });           // [{ id, score, how }], best first
//   search.warm();                                         // when idle: makes the first mistyped query as fast as others
//   const index = await ErrbookSearch.unpack(base64);      // the index as a page carries it
//   search.search(query, { limit }).undocumented;          // the numbers that it asks for and no code has
//   search.search(query, { limit }).unknown;               // what else of a short query fits none of them
//   search.search(query, { limit }).isGuess;               // nothing labels or names a code: the numbers are codes only perhaps
//   search.search(query, { limit }).isLong;                // a text that holds more than what is asked for, such as a log
//   search.search(query, { limit }).kinds;                 // the kinds whose text for users the query is
//   search.combinations("01001000");                       // [{ set, number, flags }]
var ErrbookSearch = (() => {
"use strict";

// Weights, as in engine/weights.rs, quality.rs and field.rs.
const IDENTIFIER = 1000, NOISE = 40, WORDS_AS_NAME = 200, SYNONYM = 300, NEAR_NAME = 500;
const SAME_TEXT = [0, 100, 300, 1000], IN_ORDER = 2, SAME_LETTERS = 100, MOST_ORDERED = 20;
const QUALITY = { SAME: 100, SAME_VALUE: 97, FORMER: 95, TEMPLATE: 90, FLAG_BESIDE_CODE: 60, KIND: 50, OTHER_SIGN: 49,
  MENTIONED: 48, IN_RANGE: 45, SCOPE: 30, PREFIX: 20, NEAR: 15, TYPO: 70, WORD_PREFIX: 60 };
const FIELD = { MESSAGE: 100, NAME: 80, REMEDY: 70, SECTION: 60, KIND: 61, TITLE: 50, USER: 51, NOTE: 30 };
const MOST_EXPANSIONS = 50, MOST_TYPOS = 12, MOST_NEAR = 5, MOST_PARTS = 30, MAX_WORD = 40, MAX_TAG = 30, MAX_QUERY = 10000;
const HOW = ["words", "note", "prefix", "near", "same-digits", "scope", "kind", "range", "digits", "template", "text", "flag", "variant",
  "alias", "symbol", "code"];
const [WORDS, NOTE, PREFIX, NEAR, SAME_DIGITS, SCOPE, KIND, RANGE, DIGITS, TEMPLATE, TEXT, FLAG, VARIANT, ALIAS, SYMBOL, CODE] = HOW.keys();
// What speaks for a number being a code.
const [IS_NOISE, IS_OTHER, IS_JOINED, IS_PLAIN, IS_KEYED] = [0, 1, 2, 3, 4];

// Characters.
const inRange = (c, from, to) => c >= from && c <= to;
const isDigit = (c) => c !== undefined && c.length === 1 && inRange(c, "0", "9");
const isUpper = (c) => c !== undefined && c.length === 1 && inRange(c, "A", "Z");
const isLower = (c) => c !== undefined && c.length === 1 && inRange(c, "a", "z");
const isAlpha = (c) => isUpper(c) || isLower(c);
const isAlnum = (c) => isAlpha(c) || isDigit(c);
const isHexDigit = (c) => isDigit(c) || (c !== undefined && c.length === 1 && (inRange(c, "a", "f") || inRange(c, "A", "F")));
const isSpace = (c) => /^\p{White_Space}$/u.test(c);
const isAscii = (text) => !/[^\x00-\x7f]/.test(text);
const known = new Map();
function isLetter(c) {
  if (c.length === 1 && c < "\x80") return isAlnum(c);
  let is = known.get(c);
  if (is === undefined) known.set(c, is = /^[\p{Alphabetic}\p{N}]$/u.test(c));
  return is;
}
function isIdeograph(c) {
  const code = c.codePointAt(0);
  return code >= 0x3040 && (code <= 0x30ff || inRange(code, 0x3400, 0x4dbf) || inRange(code, 0x4e00, 0x9fff)
    || inRange(code, 0xac00, 0xd7af) || inRange(code, 0xf900, 0xfaff) || inRange(code, 0x20000, 0x3ffff));
}
const clean = (text) => isAscii(text) ? text
  : text.normalize("NFKC").replace(/[\u200b-\u200d\u2060\ufeff]/g, "").replace(/[\u2010-\u2013\u2212\ufe63]/g, "-");
const normalized = (text) => [...clean(text)];
const lower = (text) => isAscii(text) ? text.toLowerCase() : [...text].map((c) => c.toLowerCase()).join("");
const nameKey = (name) => isAscii(name) ? name.toLowerCase().replace(/[-_ ]/g, "") : normalized(name).filter((c) => c !== "-" && c !== "_" && c !== " ").map((c) => c.toLowerCase()).join("");
function endOfTag(chars, at) {
  if (chars[at] !== "<" || !(isAlpha(chars[at + 1]) || chars[at + 1] === "/")) return -1;
  for (let end = at + 1; end <= at + MAX_TAG && end < chars.length; end++) if (chars[end] === ">") return end + 1;
  return -1;
}
function isHump(run, at) {
  const before = run[at - 1], here = run[at];
  if (isUpper(here)) return !isUpper(before) || isLower(run[at + 1]);
  return isDigit(here) && !isDigit(before) && isDigit(run[at + 1]) && isDigit(run[at + 2]);
}
function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  const width = other.length + 1;
  let before = new Array(width).fill(0), row = Array.from({ length: width }, (_, at) => at);
  for (let at = 0; at < one.length; at++) {
    const next = new Array(width).fill(at + 1);
    let least = at + 1;
    for (let to = 0; to < other.length; to++) {
      let best = Math.min(row[to] + (one[at] === other[to] ? 0 : 1), row[to + 1] + 1, next[to] + 1);
      if (at > 0 && to > 0 && one[at] === other[to - 1] && one[at - 1] === other[to]) best = Math.min(best, before[to - 1] + 1);
      next[to + 1] = best;
      if (best < least) least = best;
    }
    if (least > most) return most + 1;
    before = row;
    row = next;
  }
  return Math.min(row[other.length], most + 1);
}
const forgiven = (length) => length < 4 ? 0 : length < 8 ? 1 : 2;
function lettersOf(word) {
  let letters = 0;
  for (const c of word) letters |= 1 << (c.codePointAt(0) % 32);
  return letters >>> 0;
}
function ones(bits) {
  bits -= (bits >>> 1) & 0x55555555;
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
// Words with the letters that they have.
const spelled = (word) => ({ word, chars: [...word], letters: lettersOf(word) });
function nearest(word, known, most) {
  const wanted = [...word], own = lettersOf(word);
  let best = most, found = [];
  if (most === 0) return found;
  for (let at = 0; at < known.length; at++) {
    if (ones(own ^ known[at].letters) > 2 * best || Math.abs(known[at].chars.length - wanted.length) > best) continue;
    const far = distance(wanted, known[at].chars, best);
    if (far > best) continue;
    if (far < best) { best = far; found = []; }
    found.push(at);
  }
  return found;
}

// Numbers.
const isNumber = (code) => /^[-+]?[0-9]+$/.test(code);
const digitsOf = (code) => code.replace(/^[-+]*/, "").replace(/^0*/, "") || "0";
const valueOf = (text) => isNumber(text) && text.length <= 16 ? Number(text) : undefined;
function characters(query) {
  const raw = [...query].slice(0, MAX_QUERY);
  let decoded = "";
  for (let at = 0; at < raw.length;) {
    const code = raw[at] === "%" && isHexDigit(raw[at + 1]) && isHexDigit(raw[at + 2]) ? parseInt(raw[at + 1] + raw[at + 2], 16) : 0;
    if (code >= 0x20 && code < 0x7f) { decoded += String.fromCharCode(code); at += 3; } else decoded += raw[at++];
  }
  return normalized(decoded);
}
const split = (words) => new Set(words.split(/\s+/).filter(Boolean));
class Keys {
  constructor(words) {
    this.code = split(words["code-keys"]);
    this.status = split(words["status-keys"]);
    this.other = split(words["other-keys"]);
    this.units = split(words.units);
    this.common = split(words.common);
    this.endings = words["code-endings"];
    this.otherEndings = words["other-endings"];
    this.symbol = split(words["symbol-keys"]);
    this.before = split(words["before-keys"]);
    this.files = split(words.files);
    this.spacedUnits = split(words["spaced-units"]);
  }
  classOf(name) {
    if (this.status.has(name)) return IS_JOINED;
    if (this.other.has(name)) return IS_NOISE;
    return this.code.has(name) || this.endings.some((end) => name.endsWith(end)) ? IS_KEYED : undefined;
  }
  isOther(name) {
    const of = this.classOf(name);
    return of === IS_NOISE || (of === undefined && this.otherEndings.some((end) => name.endsWith(end)));
  }
  isBefore(word) { return this.before.has(word) || (isAscii(word) && this.classOf(word) !== undefined); }
  isLabel(word) { return this.classOf(nameKey(word)) !== undefined || this.isCommon(word); }
  isCommon(chunk) { return this.common.has(lower(chunk)); }
}
function endOfDigits(chars, begin) {
  while (isDigit(chars[begin])) begin++;
  return begin;
}
function groupsOf(chars, begin) {
  const groups = [[begin, endOfDigits(chars, begin)]];
  for (;;) {
    const end = groups[groups.length - 1][1], c = chars[end];
    const joins = c === "-" || c === "/" || c === ":" || c === "." || (c === "," && groups.length >= 3);
    if (!joins || !isDigit(chars[end + 1])) return groups;
    groups.push([end + 1, endOfDigits(chars, end + 1)]);
  }
}
function isCompound(chars, groups) {
  const length = (at) => groups[at][1] - groups[at][0], separator = (at) => chars[groups[at][1]];
  if (groups.length === 1) return false;
  if (groups.length === 2) return separator(0) === "." || (separator(0) === ":" && length(0) <= 2 && length(1) <= 2);
  for (let at = 1; at < groups.length; at++) if (length(at) !== length(0) || separator(at - 1) !== "/") return true;
  return length(0) < 3;
}
function endOfHex(chars, at) {
  if (chars[at] !== "0" || (chars[at + 1] !== "x" && chars[at + 1] !== "X") || (at > 0 && isAlnum(chars[at - 1]))) return -1;
  let end = at + 2;
  while (isHexDigit(chars[end])) end++;
  return end > at + 2 ? end : -1;
}
function numbersOf(chars, keys) {
  const found = [];
  for (let at = 0; at < chars.length;) {
    if (!isDigit(chars[at])) { at++; continue; }
    const end = endOfHex(chars, at);
    if (end >= 0) {
      const number = hexOf(chars, at, end, keys);
      if (number) found.push(number);
      at = end;
      continue;
    }
    const groups = groupsOf(chars, at);
    at = groups[groups.length - 1][1];
    const isNoise = isCompound(chars, groups);
    let before = IS_KEYED;
    for (const [begin, end] of groups) {
      const number = numberOf(chars, begin, end, keys);
      if (isNoise) number.class = IS_NOISE;
      else if (before <= IS_OTHER) number.class = Math.min(number.class, before);
      before = number.class;
      found.push(number);
    }
  }
  labelLists(chars, found);
  readAccessLine(chars, found);
  const isLabelled = found.some((number) => number.class === IS_KEYED);
  for (const number of found) {
    const isHttp = number.sign !== "minus" && /^[1-5][0-9][0-9]$/.test(number.digits);
    if (number.isStatus && !isHttp && !isLabelled && number.class === IS_JOINED) number.class = IS_KEYED;
  }
  return found;
}
function withoutLabels(chars, numbers, unknown) {
  const rest = [...chars];
  for (const { label } of numbers) if (label) rest.fill(" ", label[0], label[1]);
  for (const { label, begin, end } of unknown) rest.fill(" ", label[0], label[1]).fill(" ", begin, end);
  return rest;
}
// The symbols that are labelled as codes.
function symbolsOf(chars, keys) {
  const isPart = (c) => c !== undefined && (isAlnum(c) || c === "_" || c === "." || c === "-");
  const found = [];
  for (let at = 0; at < chars.length;) {
    const begin = at;
    while (isPart(chars[at])) at++;
    if (at === begin) { at++; continue; }
    let end = at;
    while (end > begin && !isAlnum(chars[end - 1])) end--;
    const text = chars.slice(begin, end).join("");
    if (!/_|[a-z][A-Z]/.test(text) || !isUpper(chars[begin])) continue;
    if (chars[at] !== undefined && !"\"',;}) \n\r\\".includes(chars[at])) continue;
    const before = nameBefore(chars, begin), is = knownOf(before, keys);
    const isCode = is ? is[0] === IS_KEYED : keys.symbol.has(nameKey(before.name));
    if (isCode && before.isSeparated) found.push({ text, label: labelOf(chars, before, is ? is[1] : before.name.length, keys), begin, end });
  }
  return found;
}
// Whether the query identifies a number as a code: by a label, by a minus, or by beginning with it.
const isIdentified = (number, chars) => number.class === IS_KEYED
  || (number.isStatus && number.class > IS_NOISE && number.digits !== "200")
  || (number.class > IS_OTHER && (number.sign === "minus" || !chars.slice(0, number.begin).some(isLetter)));
function readAccessLine(chars, numbers) {
  const isBlank = (from, to) => from < to && chars.slice(from, to).every((c) => c === '"' || isSpace(c));
  for (let at = 1; at < numbers.length; at++) {
    const first = numbers[at - 1];
    if (first.begin < 5 || lower(chars.slice(first.begin - 5, first.begin).join("")) !== "http/") continue;
    const version = chars[first.end] === "." ? at : at - 1, status = numbers[version + 1], size = numbers[version + 2];
    if (!status || !isBlank(numbers[version].end, status.begin)) continue;
    status.class = IS_JOINED;
    status.isStatus = true;
    if (size && isBlank(status.end, size.begin)) size.class = IS_NOISE;
  }
}
function labelLists(chars, numbers) {
  for (let at = 1; at < numbers.length; at++) {
    const number = numbers[at], before = numbers[at - 1], end = number.begin - (number.sign === "minus" ? 1 : 0);
    const isList = end > before.end && chars.slice(before.end, end).every((c) => c === "/" || c === "、");
    if (isList && number.class === IS_PLAIN && before.class === IS_KEYED) number.class = IS_KEYED;
  }
}
function hexOf(chars, begin, end, keys) {
  const digits = chars.slice(begin + 2, end).join("").replace(/^0+/, "").toLowerCase();
  const low = digits.length === 16 && digits.startsWith("ffffffff") ? digits.slice(8) : undefined;
  if (low === undefined && digits.length > 8) return undefined;
  let value = parseInt(low ?? digits, 16) || 0;
  const isNegative = value >= 2 ** 31;
  if (isNegative) value -= 2 ** 32;
  const number = numberOf(chars, begin, end, keys);
  number.text = String(value);
  number.digits = String(Math.abs(value));
  if (isNegative) number.sign = "minus";
  return number;
}
function numberOf(chars, begin, end, keys) {
  const written = chars.slice(begin, end).join("");
  const { sign, class: own, key, isStatus, label } = contextOf(chars, begin, keys);
  const after = whatFollows(chars, end, keys), id = labelOfId(chars, begin, keys);
  const of = id || isInId(chars, begin, end) || isTimeZone(chars, begin, end) ? IS_NOISE : own;
  const isUnit = after === "unit" || (after === "spaced" && of !== IS_KEYED);
  return {
    text: (sign === "minus" ? "-" : "") + written, digits: written.replace(/^0+/, "") || "0", sign, key, isStatus, label: label ?? id, begin, end,
    isGlued: isAlpha(chars[begin - 1]),
    class: isUnit ? IS_NOISE : after === "letter" ? Math.min(of, IS_OTHER) : of,
  };
}
const isTimeZone = (chars, begin, end) => end - begin === 4 && begin >= 5 && /^:[0-9]{2} [+-]$/.test(chars.slice(begin - 5, begin).join(""));
// The label of a value that a number is a part of, if it is that of something else.
function labelOfId(chars, begin, keys) {
  let from = begin;
  while (from > 0 && (isAlnum(chars[from - 1]) || "-_.,/+".includes(chars[from - 1]))) from--;
  const before = nameBefore(chars, from), is = from < begin && before.isSeparated ? knownOf(before, keys) : undefined;
  return is?.[0] === IS_NOISE ? labelOf(chars, before, is[1], keys) : undefined;
}
// Whether a number is a part of what only identifies a thing.
function isInId(chars, begin, end) {
  const run = (isPart) => {
    let from = begin, to = end;
    while (from > 0 && isPart(chars[from - 1])) from--;
    while (to < chars.length && isPart(chars[to])) to++;
    return [from, to];
  };
  const letters = chars.slice(...run(isAlnum));
  const isHash = letters.length >= 8 && letters.every(isHexDigit) && letters.some(isAlpha);
  const parts = chars.slice(...run((c) => isAlnum(c) || c === "-")).join("").split("-").map((part) => part.length);
  return isHash || parts.join() === "8,4,4,4,12";
}
function whatFollows(chars, end, keys) {
  const next = chars[end];
  if (next === undefined) return "";
  if (next === " ") {
    let last = end + 1;
    while (last < chars.length && (isAlpha(chars[last]) || isIdeograph(chars[last]))) last++;
    if (keys.spacedUnits.has(lower(chars.slice(end + 1, last).join("")))) return "spaced";
  }
  const isUnit = (length) => keys.units.has(lower(chars.slice(end, end + length).join("")));
  if (next === "%") return "unit";
  if (isIdeograph(next)) return isUnit(1) || isUnit(2) ? "unit" : "";
  if (!isAlpha(next) && next !== "_") return "";
  let letters = 0;
  while (isAlpha(chars[end + letters])) letters++;
  return isUnit(letters) ? "unit" : "letter";
}
function contextOf(chars, begin, keys) {
  const isName = (c) => isAlnum(c) || c === "_";
  const before = chars[begin - 1], beforeSign = chars[begin - 2];
  let sign = "without", at = begin, isJoined = false;
  if (before === "-" || before === "+") {
    if (isDigit(beforeSign)) { /* a range: 1000-1999 */ }
    else if (isName(beforeSign) || beforeSign === ")") { sign = "unknown"; isJoined = true; }
    else { if (before === "-") sign = "minus"; at = begin - 1; }
  } else if (before !== undefined && isName(before)) { sign = "unknown"; isJoined = true; }
  else if (before === "/" || before === "." || before === ":" || before === "#") isJoined = isAlpha(beforeSign) || beforeSign === "_";
  const named = nameBefore(chars, at), { name, isAssigned } = named, ascii = isAscii(name);
  const isPath = before === "/" && (beforeSign === undefined || isSpace(beforeSign) || "\"'`(:=".includes(beforeSign));
  const isLineOfFile = chars[named.begin - 1] === "." && keys.files.has(name) && named.isSeparated;
  const is = knownOf(named, keys), label = is && labelOf(chars, named, is[1], keys);
  const isStatus = is !== undefined && is[0] === IS_JOINED, more = { sign, isStatus, label };
  if (isPath || isLineOfFile) return { ...more, class: IS_NOISE, key: "" };
  if (is) return { ...more, class: is[0], key: "" };
  if (ascii && isAssigned && name) return { ...more, class: IS_OTHER, key: name };
  return { ...more, class: isJoined ? IS_JOINED : IS_PLAIN, key: "" };
}
// What a name says of its value, and how many of its characters say it.
function knownOf({ name, isSeparated }, keys) {
  const letters = [...name];
  if (!isSeparated && keys.isCommon(name) && name === name.toUpperCase()) return undefined;
  if (isAscii(name)) {
    if (isSeparated && keys.isOther(nameKey(name))) return [IS_NOISE, letters.length];
    const of = keys.classOf(nameKey(name));
    return of === undefined ? undefined : [of, letters.length];
  }
  for (; letters.length; letters.shift()) {
    const of = keys.classOf(letters.join(""));
    if (of !== undefined) return [of, letters.length];
  }
  return undefined;
}
// Where the words are that label a value.
function labelOf(chars, { end }, letters, keys) {
  for (let begin = end - letters;;) {
    let at = begin, from;
    while (at > 0 && chars[at - 1] === " ") at--;
    if (at > 0 && isIdeograph(chars[at - 1])) {
      const length = [4, 3, 2].find((length) => length <= at && keys.isBefore(chars.slice(at - length, at).join("")));
      if (length) from = at - length;
    } else {
      let first = at;
      while (first > 0 && (isAlnum(chars[first - 1]) || chars[first - 1] === "_" || chars[first - 1] === "-")) first--;
      if (first < at && at < begin && keys.isBefore(nameKey(chars.slice(first, at).join("")))) from = first;
    }
    if (from === undefined) return [begin, end];
    begin = from;
  }
}
const VERBS = ["is", "was", "为", "是"].map((verb) => [...verb]);
function nameBefore(chars, begin) {
  let at = begin, equals = false, colon = false, quote = false;
  const skip = () => {
    for (; at > 0; at--) {
      const c = chars[at - 1];
      if (c === "=") equals = true;
      else if (c === ":") colon = true;
      else if (c === '"' || c === "'" || c === "`" || c === "\\") quote = true;
      else if (!"([{>#*".includes(c) && !isSpace(c)) break;
    }
  };
  skip();
  for (const verb of VERBS) {
    const isWord = !isAscii(verb[0]) || (at - verb.length - 1 >= 0 && chars[at - verb.length - 1] === " ");
    if (at < begin && isWord && at >= verb.length && verb.every((c, place) => chars[at - verb.length + place] === c)) {
      at -= verb.length;
      skip();
      break;
    }
  }
  const end = at;
  if (at > 0 && isIdeograph(chars[at - 1])) while (at > 0 && end - at < 6 && isIdeograph(chars[at - 1])) at--;
  else {
    while (at > 0 && (isAlnum(chars[at - 1]) || chars[at - 1] === "_" || chars[at - 1] === "-")) at--;
    if (!chars.slice(at, end).some(isAlpha)) at = end;
  }
  const written = chars.slice(at, end).join(""), name = written.replace(/^-+|-+$/g, "");
  const dashes = written.length - written.replace(/-+$/, "").length;
  return { name, begin: at, end: Math.max(at, end - dashes), isAssigned: equals || (colon && quote), isSeparated: equals || colon };
}

// The parts of a short query.
const SHORT = 6;
const isShort = (chars) => chars.join("").split(/\p{White_Space}+/u).filter(Boolean).length <= SHORT;
function partsOf(chars, keys) {
  // `返回内容:人脸` has no space.
  const isBetween = (at) => isSpace(chars[at]) || "\"'`,;=(){}[]|\\".includes(chars[at]) || (chars[at] === ":" && at > 0 && isIdeograph(chars[at - 1]));
  const isEdge = (c) => ".:/#<>+~^%$@-!?".includes(c) || (!isLetter(c) && !isAscii(c));
  const parts = [];
  let isValue = false;
  for (let at = 0; at < chars.length;) {
    let begin = at, after = "";
    while (at < chars.length && !isBetween(at)) at++;
    let end = at;
    while (at < chars.length && isBetween(at)) after += chars[at++];
    const isKey = after.includes("=") || (/["']/.test(after) && chars[at] === ":");
    while (begin < end && isEdge(chars[begin])) begin++;
    while (end > begin && isEdge(chars[end - 1])) end--;
    const part = chars.slice(begin, end).join("");
    if (!part) continue;
    const isIdentifier = isAscii(part) && !isWord(part);
    if (!isKey && !keys.isLabel(part) && !parts.includes(part) && (isIdentifier || !isValue)) parts.push(part);
    isValue = isKey;
  }
  return parts;
}

// Chunks that may be names.
const EDGE = ".:/#<+~^%$@-";
const MARKUP = new Set(["br", "p", "b", "i", "td", "tr", "li", "ul", "div", "span", "code", "pre", "em"]);
function chunksOf(chars) {
  const chunks = [];
  let chunk = [];
  const finish = () => {
    let begin = 0, end = chunk.length;
    while (begin < end && (EDGE.includes(chunk[begin]) || chunk[begin] === ">")) begin++;
    while (end > begin && EDGE.includes(chunk[end - 1])) end--;
    const name = chunk.slice(begin, end).join("");
    if (/[A-Za-z]/.test(name) && !chunks.includes(name)) chunks.push(name);
    chunk = [];
  };
  for (let at = 0; at < chars.length;) {
    let tag = endOfTag(chars, at);
    if (tag >= 0 && !MARKUP.has(lower(chars.slice(at + 1, tag - 1).filter((c) => c !== "/" && c !== " ").join("")))) tag = -1;
    if (tag >= 0 || isDelimiter(chars[at])) finish();
    else chunk.push(chars[at]);
    at = tag >= 0 ? tag : at + 1;
  }
  finish();
  return chunks;
}
function isDelimiter(c) {
  if (c.length === 1 && c < "\x80") return "\t\n\f\r \"'`,;(){}[]|=!?*\\&".includes(c);
  return isIdeograph(c) || !isLetter(c);
}
const isWord = (chunk) => /^[A-Za-z]+$/.test(chunk) && (chunk.length < 4 || /^.[a-z]*$/.test(chunk));

// Identifiers.
function percentEncoded(part) {
  let out = "";
  for (const byte of new TextEncoder().encode(part)) {
    const c = String.fromCharCode(byte);
    out += byte < 128 && /[A-Za-z0-9\-_.~:]/.test(c) ? c : "%" + byte.toString(16).toUpperCase().padStart(2, "0");
  }
  return out;
}

// Ten times the binary logarithm of how rare something is.
function rarity(texts, of) {
  const ratio = Math.max(64, Math.min(0xffffffff, Math.floor(of * 64 / Math.max(1, texts))));
  const whole = 31 - Math.clz32(ratio);
  const part = (ratio >>> (whole - 3)) & 7;
  return whole * 10 + Math.floor(part * 10 / 8) - 50;
}
const last = (list) => list[list.length - 1];

class Search {
  constructor(index) {
    this.index = index;
    const words = index.words;
    this.keys = new Keys(words);
    this.stop = split(words.stop);
    this.orders = new Map();
    const traditional = [...words.traditional], simplified = [...words.simplified];
    this.simplified = new Map(traditional.map((c, at) => [c, simplified[at]]));
    this.same = words.same.map(([phrase, same]) => [[...phrase], [...same]]);
    this.addTargets();
    this.addNames();
    this.addTexts();
    this.synonyms = [];
    for (const { kind, words: phrases } of words.synonym) {
      const at = index.kinds.findIndex((known) => known.name === kind);
      if (at >= 0) for (const phrase of phrases) this.synonyms.push([this.allTokens(characters(phrase)), at]);
    }
  }

  // Tokens.
  simple(c) { return this.simplified.get(c) ?? c; }
  allTokens(chars) {
    const tokens = [];
    for (let at = 0; at < chars.length;) {
      const begin = at, end = endOfTag(chars, at);
      if (end >= 0) at = end;
      else if (isIdeograph(chars[at])) {
        while (at < chars.length && isIdeograph(chars[at])) at++;
        const run = this.withOneWording(chars.slice(begin, at).map((c) => this.simple(c)));
        run.forEach((c, place) => {
          tokens.push(c);
          if (place + 1 < run.length) tokens.push(c + run[place + 1]);
        });
      } else if (isLetter(chars[at])) {
        while (at < chars.length && isLetter(chars[at]) && !isIdeograph(chars[at])) at++;
        this.pushWords(chars.slice(begin, at), tokens);
      } else at++;
    }
    return tokens;
  }
  withOneWording(run) {
    const out = [];
    for (let at = 0; at < run.length;) {
      const same = this.same.find(([phrase]) => phrase.every((c, place) => run[at + place] === c));
      out.push(...same ? same[1] : [run[at]]);
      at += same ? same[0].length : 1;
    }
    return out;
  }
  pushWords(run, tokens) {
    let begin = 0;
    for (let at = 1; at <= run.length; at++) {
      if (at < run.length && !isHump(run, at)) continue;
      this.pushWord(run.slice(begin, at), tokens);
      if (begin > 0 && at === run.length) this.pushWord(run, tokens);
      begin = at;
    }
  }
  pushWord(word, tokens) {
    word = lower(word.slice(0, MAX_WORD).join(""));
    if (!this.stop.has(word)) tokens.push(this.stem(word));
  }
  stem(word) {
    if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
    for (const [ending, replacement, left] of this.index.words.endings) {
      if (word.endsWith(ending) && word.length - ending.length >= left) {
        word = word.slice(0, word.length - ending.length) + replacement;
        break;
      }
    }
    return word.length >= 4 && word.endsWith("e") ? word.slice(0, -1) : word;
  }
  letters(chars) {
    let letters = "";
    for (let at = 0; at < chars.length;) {
      const end = endOfTag(chars, at);
      if (end >= 0) { at = end; continue; }
      if (isLetter(chars[at])) letters += this.simple(chars[at]).toLowerCase();
      at++;
    }
    return letters;
  }

  // The index.
  addTargets() {
    const { sets } = this.index;
    this.targets = [];
    this.first = [];
    sets.forEach((set, at) => {
      this.first.push(this.targets.length);
      set.codes.forEach((code) => this.targets.push({ set, code, at }));
    });
    this.codes = this.targets.length;
    sets.forEach((set, at) => this.targets.push({ set, at }));
    sets.forEach((set, at) => (set.ranges ?? []).forEach((range) => this.targets.push({ set, range, at })));
  }
  addNames() {
    const { sets, kinds } = this.index;
    this.names = new Map();
    this.numbers = new Map();
    const prefixes = new Map();
    sets.forEach((set, at) => {
      if (at === 0 || sets[at - 1].vendor !== set.vendor) this.addName(set.vendor, { vendor: at });
      for (const name of [set.set, ...(set.was ?? [])]) this.addName(name, { set: at });
      set.codes.forEach((code, row) => {
        const document = this.first[at] + row;
        this.addCode(document, code);
        for (const prefix of code.prefixes ?? []) {
          const key = lower(prefix);
          const documents = prefixes.get(key) ?? prefixes.set(key, []).get(key);
          if (last(documents) !== document) documents.push(document);
        }
      });
    });
    kinds.forEach((kind, at) => this.addName(kind.name, { kind: at }));
    this.prefixes = [...prefixes];
    this.spellings = undefined;
  }
  addCode(document, code) {
    const add = (name, how, quality) => this.addName(name, { document, how, quality });
    this.addNumber(document, code.code, CODE);
    if (!isNumber(code.code)) add(code.code, CODE, QUALITY.SAME);
    if (code.symbol !== undefined) add(code.symbol, SYMBOL, QUALITY.SAME);
    for (const alias of code.aliases ?? []) {
      this.addNumber(document, alias, ALIAS);
      if (!isNumber(alias)) add(alias, ALIAS, QUALITY.FORMER);
    }
    add(code.variant, VARIANT, QUALITY.SAME);
    for (const name of code.was ?? []) add(name, VARIANT, QUALITY.FORMER);
    for (const prefix of code.prefixes ?? []) add(prefix.replace(/[!-\/:-@[-`{-~]+$/, ""), TEMPLATE, QUALITY.TEMPLATE);
  }
  addName(name, named) {
    const key = nameKey(name);
    if (!key) return;
    named.name = name;
    const list = this.names.get(key);
    if (list) list.push(named); else this.names.set(key, [named]);
  }
  addNumber(document, code, how) {
    if (!isNumber(code)) return;
    const entry = { document, text: code.replace(/^\++/, ""), isNegative: code.startsWith("-"), how };
    const digits = digitsOf(code), list = this.numbers.get(digits);
    if (list) list.push(entry); else this.numbers.set(digits, [entry]);
  }
  addTexts() {
    const { index } = this;
    this.texts = index.texts.flatMap(([, texts]) => texts);
    this.languages = index.texts.flatMap(([tag, texts]) => texts.map(() => tag));
    // As texts, names follow the others.
    const names = new Map(index.names.map((name, at) => [name, this.texts.length + at]));
    const ofName = (name) => names.get(name), texts = this.texts.length + names.size;
    const places = [];
    index.sets.forEach((set, at) => {
      const first = this.first[at], end = first + set.codes.length;
      const addToAll = (text, field) => { for (let document = first; document < end; document++) places.push(text, document, field); };
      for (const text of [...(set.title ?? []), ...(set.own_title ?? [])]) addToAll(text, FIELD.TITLE);
      for (const name of [set.vendor, set.set]) addToAll(ofName(name), FIELD.TITLE);
      set.codes.forEach((code, row) => {
        const document = first + row;
        const add = (list, field) => { if (list) for (const text of list) places.push(text, document, field); };
        add(code.message, FIELD.MESSAGE);
        add(code.wording, FIELD.MESSAGE);
        add(code.remedy, FIELD.REMEDY);
        add(code.note, FIELD.NOTE);
        if (code.section !== undefined) add(set.sections[code.section], FIELD.SECTION);
        places.push(ofName(code.variant), document, FIELD.NAME);
        if (code.symbol !== undefined) places.push(ofName(code.symbol), document, FIELD.NAME);
        for (const alias of code.aliases ?? []) places.push(ofName(alias), document, FIELD.NAME);
        if (code.kind !== undefined) {
          const kind = index.kinds[code.kind];
          places.push(ofName(kind.name), document, FIELD.KIND);
          add(kind.message, FIELD.USER);
        }
      });
    });
    // The places of each text follow each other.
    this.begin = new Uint32Array(texts + 1);
    for (let at = 0; at < places.length; at += 3) this.begin[places[at] + 1]++;
    for (let at = 0; at < texts; at++) this.begin[at + 1] += this.begin[at];
    this.document = new Uint32Array(places.length / 3);
    this.field = new Uint8Array(places.length / 3);
    const next = this.begin.slice();
    for (let at = 0; at < places.length; at += 3) {
      const to = next[places[at]]++;
      this.document[to] = places[at + 1];
      this.field[to] = places[at + 2];
    }
    // The texts of each token; the index has the distances between them.
    this.tokens = new Map(index.tokens.map((token, id) => [token, id]));
    this.postings = index.postings;
    this.weights = new Uint32Array(this.postings.length);
    this.rarest = rarity(1, texts);
    this.totals = new Uint32Array(texts);
    this.postings.forEach((posting, id) => {
      const token = index.tokens[id], weight = rarity(posting.length, texts);
      const isCharacter = isIdeograph(token) && (token.length === 1 || [...token].length === 1);
      this.weights[id] = isCharacter ? Math.ceil(weight / 4) : weight;
      for (let at = 0, text = 0; at < posting.length; at++) this.totals[posting[at] = text += posting[at]] += this.weights[id];
    });
    this.vocabulary = undefined;
    const size = this.targets.length;
    this.points = {
      fits: new Int32Array(size), scores: new Int32Array(size), how: new Uint8Array(size), most: new Int32Array(size),
      given: new Int32Array(size), unitOf: new Int32Array(size).fill(-1), parts: new Int32Array(size), bonus: new Int32Array(size),
      documents: [], inText: new Int32Array(texts), givenToText: new Int32Array(texts),
      unitOfText: new Int32Array(texts).fill(-1), texts: [], sameTexts: [],
    };
  }
  // What only a mistyped word needs is made when there is one, or when the page has nothing else to do.
  warm() { this.words(); this.spelledNames(); this.spelledNumbers(); }
  words() { return this.vocabulary ??= this.index.tokens.map(spelled); }
  spelledNumbers() {
    const each = (entry) => ({ document: entry.document, ...spelled(entry.text.replace(/^-+/, "")) });
    return this.digits ??= [...this.numbers.values()].flatMap((entries) => entries.map(each));
  }
  spelledNames() { return this.spellings ??= [...this.names.keys()].map(spelled); }

  // The facts of a query.
  search(query, { limit = 30 } = {}) {
    const chars = characters(query);
    const units = this.nameUnits(chars);
    const symbols = this.unknownSymbols(chars, units), all = numbersOf(chars, this.keys);
    const isSaid = units.length > 0 || symbols.length > 0 || all.some((number) => isIdentified(number, chars));
    const rest = withoutLabels(chars, all, symbols);
    const undocumented = this.addNumberUnits(chars, all, symbols, units);
    if (undocumented.length) for (const unit of units) unit.isHint ||= isScope(unit);
    const tokens = this.allTokens(rest);
    const words = this.addWordUnits(rest, tokens, units);
    const order = { pairs: new Set(), letters: this.letters(chars) };
    for (let at = 1; at < tokens.length; at++) order.pairs.add(tokens[at - 1] + "\n" + tokens[at]);
    let found = this.rank(order, units, words, limit);
    const isGuess = found.isGuess && !isSaid && !undocumented.length;
    if (!found.hits.length) found = { ...this.rank(order, [...this.nearNumberUnits(chars, symbols), ...units.filter(isScope)], undefined, limit), unknown: [] };
    const unknown = isShort(chars) ? partsOf(rest, this.keys).filter((part) => this.isUnknown(part, found.unknown)) : [];
    for (const { text } of symbols) if (!undocumented.includes(text) && !unknown.includes(text)) unknown.push(text);
    return { ...found, undocumented, unknown, isGuess, isLong: !isShort(chars) || (all.length > 0 && all.every((number) => number.class === IS_NOISE)) };
  }
  unknownSymbols(chars, units) {
    return symbolsOf(chars, this.keys).filter(({ text }) => !units.some(({ source, weight }) => weight === IDENTIFIER && (source.includes(text) || text.includes(source))));
  }
  isUnknown(part, unknown) {
    const chars = characters(part);
    const numbers = numbersOf(chars, this.keys);
    if (numbers.some((number) => number.class === IS_NOISE)) return false;
    if (unknown.includes(part)) return !isNumber(part);
    if (numbers.length) return chars.some((c) => /\p{Alphabetic}/u.test(c)) && numbers.every((number) => number.class !== IS_KEYED && unknown.includes(number.text));
    const tokens = this.allTokens(chars);
    return tokens.length > 0 && tokens.every((token) => unknown.includes(token));
  }
  // The combinations of flags in a query: the position of each set, the number as it is written, and the flags.
  combinations(query) {
    const found = new Map();
    for (const number of numbersOf(characters(query), this.keys))
      for (const [set, flags] of this.flagsOf(number)) if (number.class > IS_OTHER && this.documentedFlags(set, flags).length) found.set(`${String(set).padStart(9, "0")} ${number.text} ${flags}`, { set, number: number.text, flags });
    return [...found].sort(([a], [b]) => a < b ? -1 : 1).map(([, each]) => each);
  }
  // The numbers that the note of a set or of a code mentions.
  mentioned(row, numbers) { return numbers.filter((number) => (row.mentions ?? []).some((ends) => isMentioned(number, ends))); }
  find(query, options) { return this.search(query, options).hits; }

  nameUnits(chars) {
    const chunks = chunksOf(chars), units = [];
    for (const chunk of chunks) this.addNameUnit(chunk, isWord(chunk) || this.keys.isCommon(chunk), units);
    const whole = nameKey(chunks.join(""));
    if (!units.length && !chars.some(isIdeograph) && chunks.length >= 1 && chunks.length <= 6 && this.names.has(whole)) {
      const unit = this.nameUnit(whole, chunks.join(" "));
      unit.weight = WORDS_AS_NAME;
      units.push(unit);
    }
    return units;
  }
  addNameUnit(chunk, isPlain, units) {
    const key = nameKey(chunk);
    if (isPlain || !key) return false;
    if (this.names.has(key)) { units.push(this.nameUnit(key, chunk)); return true; }
    const fits = this.templateFits(lower(chunk));
    if (fits.length) { units.push(unitOf(chunk, IDENTIFIER, fits)); return true; }
    for (const separator of ["::", "/", ".", ":"]) {
      if (!chunk.includes(separator)) continue;
      let isKnown = false;
      for (let part of chunk.split(separator)) {
        part = part.replace(/^[-_:<>]+|[-_:<>]+$/g, "");
        if (/[A-Za-z]/.test(part) && this.addNameUnit(part, this.keys.isCommon(part), units)) isKnown = true;
      }
      return isKnown;
    }
    const bare = chunk.replace(/[0-9]+$/, "");
    if (bare.length < chunk.length && /[-_]$/.test(bare)) return this.addNameUnit(bare.replace(/[-_]+$/, ""), false, units);
    const near = this.nearNameFits(chunk, key);
    if (!near.length) return false;
    units.push(unitOf(chunk, NEAR_NAME, near));
    return true;
  }
  nameUnit(key, source) {
    const fits = [], spelling = lower(source);
    for (const named of this.names.get(key)) {
      if (named.document !== undefined) {
        const isSame = lower(named.name) === spelling;
        fits.push([named.document, isSame ? named.quality : Math.min(named.quality, QUALITY.SAME_VALUE), named.how]);
      } else if (named.set !== undefined) this.addScope(named.set, fits);
      else if (named.kind !== undefined) for (const document of this.ofKind(named.kind)) fits.push([document, QUALITY.KIND, KIND]);
      else {
        const { sets } = this.index, { vendor } = sets[named.vendor];
        for (let at = named.vendor; at < sets.length && sets[at].vendor === vendor; at++) this.addScope(at, fits);
      }
    }
    return unitOf(source, IDENTIFIER, fits);
  }
  addScope(set, fits) {
    const { sets } = this.index, first = this.first[set];
    for (let row = 0; row < sets[set].codes.length; row++) fits.push([first + row, QUALITY.SCOPE, SCOPE]);
    fits.push([this.codes + set, QUALITY.SCOPE, SCOPE]);
    const ranges = (set) => (set.ranges ?? []).length;
    const range = this.codes + sets.length + sets.slice(0, set).reduce((sum, set) => sum + ranges(set), 0);
    for (let row = 0; row < ranges(sets[set]); row++) fits.push([range + row, QUALITY.SCOPE, SCOPE]);
  }
  ofKind(kind) {
    const found = [];
    for (let document = 0; document < this.codes; document++) if (this.targets[document].code.kind === kind) found.push(document);
    return found;
  }
  templateFits(chunk) {
    const length = (text) => [...text].length;
    const fitting = this.prefixes.filter(([prefix]) => length(prefix) >= 3 && chunk.length > prefix.length && chunk.startsWith(prefix));
    const longest = Math.max(0, ...fitting.map(([prefix]) => length(prefix)));
    return fitting.flatMap(([prefix, documents]) =>
      documents.map((at) => [at, length(prefix) === longest ? QUALITY.SAME : QUALITY.TEMPLATE, SYMBOL]));
  }
  nearNameFits(chunk, key) {
    const length = [...key].length;
    const hasShape = chunk.includes("_") || [...chunk].slice(1).some((c) => /\p{Uppercase}/u.test(c));
    if (length < 6 || !hasShape) return [];
    const fits = [];
    for (const at of nearest(key, this.spelledNames(), length < 9 ? 1 : 2))
      for (const { document } of this.names.get(this.spellings[at].word)) if (document !== undefined) fits.push([document, QUALITY.SAME, NEAR]);
    return fits;
  }

  addNumberUnits(chars, found, symbols, units) {
    const all = [];
    for (const number of found) {
      const bare = number.text.replace(/^-+/, "");
      if (number.class <= IS_JOINED && units.some((unit) => unit.source.includes(bare))) continue;
      if (number.key && this.names.has(nameKey(number.key))) number.class = IS_PLAIN;
      const same = all.find((other) => other.text === number.text);
      if (same) same.class = Math.max(same.class, number.class); else all.push(number);
    }
    const isSuccess = (number) => number.digits === "0" || number.digits === "200";
    if (all.some((number) => number.class === IS_KEYED && !isSuccess(number)))
      for (const number of all) if (isSuccess(number)) number.class = Math.min(number.class, IS_PLAIN);
    const isCode = (fits) => fits.some(([, quality]) => quality >= QUALITY.OTHER_SIGN);
    const fits = all.map((number) => this.numberFits(number));
    const classes = all.filter((_, at) => isCode(fits[at])).map((number) => number.class);
    const classOf = Math.max(-1, ...all.map((number) => number.class)), highest = symbols.length ? IS_KEYED : classOf;
    const isLabelled = highest === IS_KEYED;
    const best = isLabelled ? IS_KEYED : classes.length ? Math.max(...classes) : IS_PLAIN;
    const undocumented = [], short = isShort(chars);
    let end = chars.length;
    while (end > 0 && !isLetter(chars[end - 1])) end--;
    all.forEach((number, at) => {
      if (number.end === end && !isCode(fits[at]) && number.class > IS_NOISE) this.addPrefixFits(number, fits[at]);
      const weight = number.class === IS_NOISE ? NOISE : number.class >= best ? IDENTIFIER : IDENTIFIER >> (2 * (best - number.class));
      const isNote = fits[at].some(([, , how]) => how === NOTE);
      const isAsked = isLabelled ? number.class === IS_KEYED : number.class === IS_PLAIN && (short || isNote);
      if (isAsked && fits[at].every(([, , how]) => how === NOTE || how === PREFIX)) undocumented.push(number.text);
      units.push({ ...unitOf(number.text, weight, fits[at]), isHint: isHint(number, highest) });
    });
    if (classOf !== IS_KEYED) undocumented.push(...symbols.map(({ text }) => text));
    return undocumented;
  }
  numberFits(number) {
    const fits = [];
    for (const entry of this.numbers.get(number.digits) ?? []) {
      const isSameSign = number.sign === "unknown" || (number.sign === "minus") === entry.isNegative;
      const isOther = number.isGlued && number.class < IS_KEYED;
      if (number.text === entry.text) fits.push([entry.document, QUALITY.SAME, isOther ? SAME_DIGITS : entry.how]);
      else fits.push([entry.document, isSameSign ? QUALITY.SAME_VALUE : QUALITY.OTHER_SIGN, isOther ? SAME_DIGITS : DIGITS]);
    }
    if (fits.some(([, quality]) => quality >= QUALITY.SAME_VALUE)) for (const fit of fits) if (fit[1] === QUALITY.OTHER_SIGN) fit[2] = SAME_DIGITS;
    const value = valueOf(number.digits);
    if (number.sign !== "minus" && value >= 2 ** 31 && value < 2 ** 32)
      for (const entry of this.numbers.get(String(2 ** 32 - value)) ?? []) if (entry.isNegative) fits.push([entry.document, QUALITY.SAME_VALUE, DIGITS]);
    const isCode = fits.some(([, quality]) => quality === QUALITY.SAME);
    this.addFlagFits(number, isCode ? QUALITY.FLAG_BESIDE_CODE : QUALITY.FORMER, fits);
    this.addRangeFits(number.text, fits.length > 0, fits);
    return fits;
  }
  flagsOf({ text, digits }) {
    if (!/^[01]{2,}$/.test(text)) return [];
    const isCode = this.numbers.has(digits), found = [];
    this.index.sets.forEach((set, at) => {
      const length = set.flags ?? 0, flags = text.padStart(length, "0");
      // Of the zeros that a spreadsheet removes, less than half: otherwise any short number would be flags.
      if (length !== text.length && (length < text.length || length >= 2 * text.length || isCode)) return;
      if (!set.codes.some((code) => code.code === flags)) found.push([at, flags]);
    });
    return found;
  }
  addFlagFits(number, quality, fits) {
    for (const [at, flags] of this.flagsOf(number)) for (const row of this.documentedFlags(at, flags)) fits.push([this.first[at] + row, quality, FLAG]);
  }
  documentedFlags(set, flags) {
    const { codes } = this.index.sets[set];
    return [...codes.keys()].filter((row) => flags[codes[row].code.indexOf("1")] === "1");
  }
  // The notes and ranges that have numbers.
  mentions() {
    if (this.noted) return this.noted;
    const found = [];
    let range = this.codes + this.index.sets.length;
    const add = (ends, document, quality, how) => {
      const from = valueOf(ends[0]), to = valueOf(ends[1]);
      if (from !== undefined && to !== undefined) found.push([Math.min(from, to), Math.max(from, to), [document, quality, how]]);
    };
    this.index.sets.forEach((set, at) => {
      for (const ends of set.mentions ?? []) add(ends, this.codes + at, QUALITY.MENTIONED, NOTE);
      set.codes.forEach((code, row) => { for (const ends of code.mentions ?? []) add(ends, this.first[at] + row, QUALITY.MENTIONED, NOTE); });
      for (const ends of set.ranges ?? []) add(ends, range++, QUALITY.IN_RANGE, RANGE);
    });
    return this.noted = found;
  }
  addRangeFits(text, isCode, fits) {
    const number = valueOf(text);
    if (number === undefined) return;
    const holds = (from, to, number) => from <= number && number <= to;
    for (const [from, to, [document, quality, how]] of this.mentions())
      if (holds(from, to, number) || (how === NOTE && number > 0 && holds(from, to, -number)))
        fits.push([document, isCode ? quality : QUALITY.SAME_VALUE, how]);
  }
  addPrefixFits(number, fits) {
    for (const [digits, entries] of this.numbers)
      if (digits !== number.digits && digits.startsWith(number.digits)) for (const { document } of entries) fits.push([document, QUALITY.PREFIX, PREFIX]);
  }
  nearNumberUnits(chars, symbols) {
    const units = [], all = numbersOf(chars, this.keys);
    const isLabelled = symbols.length > 0 || all.some((number) => number.class === IS_KEYED);
    if (!isLabelled && !isShort(chars)) return units;
    const least = isLabelled ? IS_KEYED : IS_JOINED;
    for (const number of all) {
      if (number.class < least || number.digits.length < 3) continue;
      const wanted = spelled(number.text.replace(/^-+/, "")), documents = new Set();
      for (const { document, chars, letters } of this.spelledNumbers())
        if (ones(wanted.letters ^ letters) <= 2 && distance(wanted.chars, chars, 1) <= 1) documents.add(document);
      const near = [...documents].sort((a, b) => a - b).slice(0, MOST_NEAR);
      units.push(unitOf(number.text, IDENTIFIER, near.map((at) => [at, QUALITY.NEAR, NEAR])));
    }
    return units;
  }

  addWordUnits(chars, tokens, units) {
    for (const [phrase, kind] of this.synonyms) {
      for (let at = 0; at + phrase.length <= tokens.length; at++) {
        if (!phrase.every((token, place) => tokens[at + place] === token)) continue;
        units.push(unitOf("", SYNONYM, this.ofKind(kind).map((document) => [document, QUALITY.SAME, KIND])));
        break;
      }
    }
    const isNumeric = (token) => /^[0-9]*$/.test(token);
    const open = chars.length && isLetter(last(chars)) ? last(tokens) : undefined;
    const seen = new Set();
    for (const unit of units) if (unit.weight === IDENTIFIER)
      for (const token of this.allTokens(normalized(unit.source))) if (!isNumber(token)) seen.add(token);
    const words = tokens.filter((token) => !seen.has(token) && seen.add(token));
    const hasWords = words.filter((word) => !isNumeric(word)).length > 1;
    const isLabelled = units.some((unit) => unit.isHint);
    const begin = units.length;
    let typos = 0;
    for (const word of words) {
      if (!hasWords && isNumeric(word)) continue;
      const unit = { ...unitOf(word, 0, []), isHint: isLabelled && isNumeric(word) };
      const token = this.tokens.get(word);
      if (token !== undefined) unit.tokens = [[token, QUALITY.SAME]];
      else if (!isNumeric(word) && ++typos <= MOST_TYPOS) unit.tokens = this.expansions(word, word === open);
      units.push(unit);
    }
    return begin < units.length ? begin : undefined;
  }
  expansions(word, isLast) {
    const length = [...word].length, words = this.words();
    if (isLast && length >= 2 && isAscii(word)) {
      const found = [];
      for (let at = 0; at < words.length && found.length < MOST_EXPANSIONS; at++) if (words[at].word.startsWith(word)) found.push([at, QUALITY.WORD_PREFIX]);
      if (found.length) return found;
    }
    if ([...word].some(isIdeograph)) return [];
    const near = nearest(word, words, forgiven(length)).filter((at) => forgiven(words[at].chars.length) > 0);
    return near.slice(0, MOST_EXPANSIONS).map((at) => [at, QUALITY.TYPO]);
  }

  // Ranking. Of one unit a document gets the most that it is given.
  add(unit, document, points, how) {
    const p = this.points;
    if (p.unitOf[document] !== unit) {
      if (p.unitOf[document] === -1) p.documents.push(document);
      p.unitOf[document] = unit;
      p.given[document] = 0;
      p.parts[document] |= 1 << Math.min(unit, MOST_PARTS);
    }
    const more = points - p.given[document];
    if (more <= 0) return;
    if (!this.isHint) p.fits[document] += more;
    p.scores[document] += more;
    p.given[document] = points;
    if (points > p.most[document] && !this.isHint) { p.most[document] = points; p.how[document] = how; }
  }
  // The same for all documents of a text, which is most of what a search does.
  addText(unit, text, points) {
    const p = this.points, { unitOf, given, parts, fits, scores, most, how } = p, { document: documents, field: fields, isHint } = this;
    if (p.unitOfText[text] !== unit) {
      if (p.unitOfText[text] === -1) p.texts.push(text);
      p.unitOfText[text] = unit;
      p.givenToText[text] = 0;
    }
    if (points > p.givenToText[text]) {
      p.inText[text] += points - p.givenToText[text];
      p.givenToText[text] = points;
    }
    const bit = 1 << Math.min(unit, MOST_PARTS), end = this.begin[text + 1];
    for (let place = this.begin[text]; place < end; place++) {
      const document = documents[place], own = Math.floor(points * fields[place] / 100);
      if (unitOf[document] !== unit) {
        if (unitOf[document] === -1) p.documents.push(document);
        unitOf[document] = unit;
        given[document] = 0;
        parts[document] |= bit;
      }
      const more = own - given[document];
      if (more <= 0) continue;
      if (!isHint) fits[document] += more;
      scores[document] += more;
      given[document] = own;
      if (own > most[document] && !isHint) { most[document] = own; how[document] = WORDS; }
    }
  }
  rank(order, units, words, limit) {
    const p = this.points;
    units.forEach((unit, at) => {
      this.isHint = unit.isHint;
      for (const [document, quality, how] of unit.documents) this.add(at, document, Math.floor(unit.weight * quality / 100), how);
      for (const [token, quality] of unit.tokens) {
        const points = Math.floor(this.weights[token] * quality / 100);
        for (const text of this.postings[token]) this.addText(at, text, points);
      }
    });
    const most = (unit) => unit.tokens.length ? Math.max(...unit.tokens.map(([token]) => this.weights[token])) : this.rarest;
    const asked = words === undefined ? [] : units.slice(words);
    const wanted = asked.reduce((sum, unit) => sum + most(unit), 0);
    this.addTextBonus(wanted, asked.length);
    const found = this.best(order, units, wanted, limit);
    found.isGuess = found.best !== undefined && BY_NUMBER.has(p.how[found.best]) && isOfFew(p.parts[found.best], units, words ?? units.length);
    for (const document of p.documents)
      p.fits[document] = p.scores[document] = p.how[document] = p.most[document] = p.given[document] = p.parts[document] = p.bonus[document] = 0, p.unitOf[document] = -1;
    for (const text of p.texts) p.inText[text] = p.givenToText[text] = 0, p.unitOfText[text] = -1;
    p.documents = [];
    p.texts = [];
    p.sameTexts = [];
    return found;
  }
  addTextBonus(wanted, words) {
    const p = this.points, same = SAME_TEXT[Math.min(words, 3)];
    for (const text of p.texts) {
      const total = this.totals[text], matched = Math.min(p.inText[text], total);
      const bonus = Math.floor(matched * matched / Math.max(1, total));
      const isSame = matched === wanted && matched === total;
      for (let place = this.begin[text]; place < this.begin[text + 1]; place++) {
        const document = this.document[place], field = this.field[place];
        const isMessage = field === FIELD.MESSAGE || field === FIELD.REMEDY;
        const points = Math.floor(bonus * field / 100);
        if (isMessage) {
          const before = p.bonus[document];
          p.bonus[document] = Math.max(before, points);
          p.scores[document] += p.bonus[document] - before;
        } else if (field !== FIELD.NAME && field !== FIELD.KIND) p.scores[document] += points;
        const how = isMessage ? TEXT : field === FIELD.USER ? KIND : undefined;
        if (isSame && how !== undefined && p.how[document] !== TEXT) {
          if (p.how[document] !== how) p.scores[document] += same;
          if (p.most[document] < IDENTIFIER / 2) p.how[document] = how;
        }
      }
      if (isSame && words >= 3) p.sameTexts.push(text);
    }
  }
  best(order, units, wanted, limit) {
    const p = this.points;
    let bestFit = 0, bestScore = 0;
    const documents = p.documents.filter((document) => p.fits[document] > 0 && (this.targets[document].code || p.how[document] === NOTE || p.how[document] === RANGE));
    for (const document of documents) {
      if (p.fits[document] > bestFit) bestFit = p.fits[document];
      if (p.scores[document] > bestScore) bestScore = p.scores[document];
    }
    const isTextFound = documents.some((document) => p.how[document] === TEXT);
    const shown = documents.filter((document) => {
      const fit = p.fits[document];
      const isEnough = p.how[document] !== WORDS || fit * 3 >= wanted;
      const isOther = p.how[document] !== WORDS || isTextFound;
      return ((fit * 2 >= bestFit && isOther) || p.scores[document] * 2 >= bestScore) && isEnough;
    });
    const isRetired = (document) => this.targets[document].code?.retired ? 1 : 0;
    const by = (score) => (a, b) => score(b) - score(a) || isRetired(a) - isRetired(b) || a - b;
    shown.sort(by((document) => p.scores[document]));
    const ordered = new Map(shown.slice(0, MOST_ORDERED).map((document) =>
      [document, p.scores[document] + (p.how[document] === WORDS || p.how[document] === TEXT ? this.order(document, order) : 0)]));
    const first = [...ordered.keys()].sort(by((document) => ordered.get(document)));
    const all = first.concat(shown.slice(first.length));
    const parts = shown.reduce((parts, document) => parts | p.parts[document], 0);
    return {
      hits: all.slice(0, limit).map((document) => this.hit(document)),
      total: shown.length, best: all.slice(0, limit)[0],
      unknown: units.filter((unit, at) => at < MOST_PARTS && !(parts >> at & 1) && unit.source).map((unit) => unit.source),
      kinds: [...this.index.kinds.keys()].filter((kind) => (this.index.kinds[kind].message ?? []).some((text) => p.sameTexts.includes(text))),
    };
  }
  order(document, query) {
    const { code } = this.targets[document];
    if (!code) return 0;
    let best = 0;
    for (const text of [...(code.message ?? []), ...(code.wording ?? [])]) {
      const { pairs, letters } = this.orderOf(text);
      let common = 0;
      for (const pair of pairs) if (query.pairs.has(pair)) common++;
      best = Math.max(best, common * IN_ORDER + (letters === query.letters ? SAME_LETTERS : 0));
    }
    return best;
  }
  // The same codes are first while a query is typed.
  orderOf(text) {
    let order = this.orders.get(text);
    if (!order) {
      if (this.orders.size > 1000) this.orders.clear();
      const chars = normalized(this.texts[text]), tokens = this.allTokens(chars), pairs = new Set();
      for (let at = 1; at < tokens.length; at++) pairs.add(tokens[at - 1] + "\n" + tokens[at]);
      this.orders.set(text, order = { pairs, letters: this.letters(chars) });
    }
    return order;
  }
  hit(document) {
    return { id: this.id(this.targets[document]), score: this.points.scores[document], how: HOW[this.points.how[document]] };
  }
  id({ set, code, range }) {
    const parts = [set.vendor, set.set].map(percentEncoded);
    if (range) parts.push(`${range[0]}..${range[1]}`);
    if (code) {
      parts.push(percentEncoded(code.code));
      if (set.pairs && code.symbol !== undefined) parts.push(percentEncoded(code.symbol));
      if (code.former) parts.push(percentEncoded(code.variant));
    }
    return parts.join("/");
  }
}
// Whether a number alone may have found something, and whether some of the words of a text, and fewer than half, fit it.
const BY_NUMBER = new Set([CODE, ALIAS, DIGITS, SAME_DIGITS, FLAG, RANGE, NOTE]);
function isOfFew(parts, units, first) {
  let all = 0, found = 0;
  for (let at = first; at < units.length; at++) {
    const { source } = units[at];
    if ([...source].length < 2 || /^[0-9]*$/.test(source)) continue;
    all++;
    if (parts >> Math.min(at, MOST_PARTS) & 1) found++;
  }
  return all >= 3 && found * 2 < all;
}
const unitOf = (source, weight, documents) => ({ source, weight, documents, tokens: [], isHint: false });
const isScope = (unit) => unit.documents.length > 0 && unit.documents.every(([, , how]) => how === SCOPE);
const isHint = (number, highest) => highest === IS_KEYED ? number.class < IS_KEYED
  : highest === IS_PLAIN && !number.key ? number.class <= IS_OTHER : number.class === IS_NOISE;
function isMentioned(text, [from, to]) {
  const number = valueOf(text), ends = [valueOf(from), valueOf(to)];
  const holds = (number) => Math.min(...ends) <= number && number <= Math.max(...ends);
  return number !== undefined && !ends.includes(undefined) && (holds(number) || (number > 0 && holds(-number)));
}

// What a page carries, such as the index: JSON, compressed with gzip, in base64.
async function unpack(packed) {
  const text = atob(packed.trim()), bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

return { load: (index) => new Search(index), unpack };
})();
if (typeof module === "object") module.exports = ErrbookSearch;
