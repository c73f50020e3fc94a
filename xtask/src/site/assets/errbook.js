// Language, color scheme and copy buttons on all pages; results, filters and cards on the search page. Texts are
// inserted as text, never as markup, except cards, which are written with the pages.
(() => {
"use strict";
const root = document.documentElement;
const $ = (id) => document.getElementById(id);
const { words, base, nearest } = errbook;
const keep = (name, value) => { try { localStorage.setItem("errbook." + name, value); sessionStorage.removeItem("errbook." + name); } catch { /* storage is blocked: applies to this page only */ } };
const languages = root.dataset.languages.split(" ").filter(Boolean);
const site = document.body.dataset.site, folder = document.body.dataset.root;
const stamp = document.currentScript.src.split("?")[1] || "";

let language = root.dataset.language;
// The language of the interface, which has fewer languages than the registry.
const spoken = () => nearest(language, Object.keys(words)) || "en";
const t = (name) => words[spoken()][name] ?? name;
const fill = (text, values) => Object.entries(values).reduce((filled, [name, value]) => filled.replaceAll(`{${name}}`, () => value), text);

// Language and color scheme.
function speak(part = document) {
  for (const node of part.querySelectorAll("[data-t]")) node.textContent = node.dataset.fill ? fill(t(node.dataset.t), JSON.parse(node.dataset.fill)) : t(node.dataset.t);
  for (const node of part.querySelectorAll("[data-aria]")) node.setAttribute("aria-label", t(node.dataset.aria));
  for (const node of part.querySelectorAll("[data-hint]")) node.placeholder = t(node.dataset.hint);
  for (const node of part.querySelectorAll(".tell")) {
    const mine = [...node.children].find((child) => child.dataset.first.split(" ").includes(language));
    if (mine) node.prepend(mine);
  }
  for (const node of part.querySelectorAll("[data-age]")) node.textContent = `${node.dataset.edition ??= node.textContent} (${age(node.dataset.age)})`;
  for (const node of part.querySelectorAll(".coverage [data-language]")) node.textContent = node.dataset.in ? fill(t(node.dataset.in), { language: languageName(node.dataset.language, spoken()) }) : languageName(node.dataset.language, spoken());
  if (part !== document) return;
  root.lang = spoken();
  nameLanguages();
  root.dataset.language = language;
  root.classList.add("spoken");
  const heading = document.querySelector("h1");
  document.title = $("q") || !heading ? site : `${heading.innerText.replace(/\s+/g, " ")} · ${site}`;
}
function age(day) {
  const months = Math.floor((Date.now() - Date.parse(day)) / 2629800000);
  const format = new Intl.RelativeTimeFormat(spoken());
  return months < 12 ? format.format(-months, "month") : format.format(-Math.floor(months / 12), "year");
}
function languageName(tag, reader = tag) { try { return new Intl.DisplayNames([reader], { type: "language" }).of(tag); } catch { return tag; } }
let refresh = () => {};
for (const tag of languages) $("language").append(new Option(languageName(tag), tag, false, tag === language));
const few = JSON.parse($("language").dataset.few || "{}");
function nameLanguages() {
  for (const option of $("language").options) {
    const [count, all] = few[option.value] || [];
    if (all) option.textContent = `${languageName(option.value)} (${fill(t("of_texts"), { count, all })})`;
  }
}
$("language").addEventListener("change", (event) => {
  language = event.target.value;
  keep("language", language);
  const url = new URL(location.href);
  if (url.searchParams.has("lang")) { url.searchParams.set("lang", language); history.replaceState(history.state, "", url); }
  speak();
  refresh();
});
$("theme").value = root.dataset.theme || "";
$("theme").addEventListener("change", (event) => { root.dataset.theme = event.target.value; keep("theme", event.target.value); });
document.querySelector(".choices").hidden = false;
speak();

// Copy buttons. The text of an element is what its reader sees of it, without buttons.
function seen(node) {
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  let text = "";
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (parent.checkVisibility() && !parent.closest("button")) text += walker.currentNode.data;
  }
  return text.replace(/\s+/g, " ").trim();
}
function lines(node) {
  const blocks = [...node.querySelectorAll("p, li")];
  return (blocks.length ? blocks : [node]).map(seen).filter(Boolean).join("\n");
}
function linkOf(card) {
  const url = new URL(card.dataset.page, card.dataset.site || new URL(folder || ".", location.href));
  // Who opens it sees what its sender sees.
  if (language !== errbook.usual) url.searchParams.set("lang", language);
  return url.href;
}
const capital = (text) => text.charAt(0).toLocaleUpperCase(spoken()) + text.slice(1);
function cardText(card) {
  const facts = [...card.querySelectorAll(".facts > div")].filter((div) => div.checkVisibility())
    .map((div) => [capital(seen(div.querySelector("dt"))), lines(div.querySelector("dd"))].filter(Boolean).join(t("colon")));
  return [seen(card.querySelector(".head")), seen(card.querySelector(".place")), seen(card.querySelector(".names")), "", ...facts, "", linkOf(card)].join("\n");
}
const toCopy = {
  link: linkOf, card: cardText,
  user: (_, button) => seen(button.parentElement.querySelector("p")),
  line: (_, button) => button.closest("dd").querySelector("code").textContent,
};
async function copy(button) {
  const text = toCopy[button.dataset.copy](button.closest(".card"), button);
  try { await navigator.clipboard.writeText(text); } catch {
    const area = document.createElement("textarea");
    area.value = text;
    button.after(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    button.focus();
  }
  button.textContent = t("copied");
  setTimeout(() => { button.textContent = t(button.dataset.t); }, 1500);
}
document.addEventListener("click", (event) => { const button = event.target.closest("button[data-copy]"); if (button) copy(button); });
if (!$("q")) return;

// The data of the registry. Files are scripts, because a page from the file system can load nothing else.
const loading = new Map();
function load(name) {
  if (!loading.has(name)) loading.set(name, arrive(name).then(ErrbookSearch.unpack).catch(() => { loading.delete(name); throw new Error(fill(t("failed"), { file: name + ".js" })); }));
  return loading.get(name);
}
function arrive(name) {
  if (errbook.packed.has(name)) return Promise.resolve(errbook.packed.get(name));
  return new Promise((resolve, reject) => {
    errbook.waiting.set(name, resolve);
    const script = document.createElement("script");
    script.src = `${name}.js?${stamp}`;
    script.onerror = () => reject();
    document.head.append(script);
  });
}
let book, engine, texts = [], items = [], byId = new Map(), kinds = new Map();
function read(loaded) {
  book = loaded;
  const sets = book.sets.map((set) => ({ ...set, vendor: book.vendors[set.vendor] }));
  book.sets = sets;
  kinds = new Map(book.kinds.map((kind) => [kind.name, kind]));
  // The texts are those of the index: a code has their positions.
  texts = book.search.texts.flatMap(([tag, list]) => list.map((text) => [tag, text]));
  const rows = book.search.sets.flatMap((set) => set.codes);
  items = book.codes.map(([set, id, page, kind, retry, after, billing, severity, retired, own, note], at) => {
    const row = rows[at], { code, symbol, variant, message, remedy } = row;
    return { at, row, set: sets[set], id, page, code, symbol: symbol || "", variant, kind: kind || "", retry, after, billing: billing || "unspecified", severity, retired, own, note: book.notes[note], message, remedy };
  });
  byId = new Map(items.map((item) => [item.id, item]));
  engine = ErrbookSearch.load(book.search);
}

// Texts by language: positions in the index, or a list in the order of the languages, or an object.
function listed(list) {
  if (!Array.isArray(list)) return list || {};
  return Object.fromEntries(list.map((text, at) => Number.isInteger(text) ? texts[text] : [languages[at], text]).filter(([, text]) => text));
}
function pick(list, own) {
  const all = listed(list), tags = Object.keys(all);
  const tag = nearest(language, tags) || [...languages, "en", own].find((each) => all[each]) || tags[0];
  return tag && { lang: tag, text: all[tag] };
}
const named = (thing) => pick(thing?.title)?.text || thing?.name || "";
const vendorName = (vendor) => (vendor.registry ? vendor.registry + ": " : "") + named(vendor);
const kindName = (name) => named(kinds.get(name)) || name;

// What the address says: the query, the filters, and the code that is open.
const q = $("q"), list = $("results"), card = $("card"), status = $("status"), panes = $("panes"), form = $("form");
const selects = [...form.querySelectorAll("select")], filters = selects.filter((select) => select.name !== "sort");
const decoded = (text) => { try { return decodeURIComponent(text); } catch { return text; } };
const idOf = (hash) => hash.slice(1).replace(/[^!-~]|[<>"` ]/gu, encodeURIComponent);
function address(id = "", billing) {
  const query = new URLSearchParams();
  if (q.value.trim()) query.set("q", q.value.trim());
  for (const select of selects) if (select.value) query.set(select.name, select.value);
  if (billing) query.set("billing", billing);
  if (new URLSearchParams(location.search).has("lang")) query.set("lang", language);
  return `${location.pathname}${query.size ? "?" + query : ""}${id ? "#" + id : ""}`;
}
// A browser refuses when a page changes its address too often: the address lags behind then.
let remembering;
function remember() {
  clearTimeout(remembering);
  remembering = setTimeout(() => { try { history.replaceState(null, "", address()); } catch { remember(); } }, 150);
}
function readAddress() {
  const query = new URLSearchParams(location.search);
  q.value = query.get("q") || "";
  for (const select of selects) {
    select.value = query.get(select.name) || "";
    if (select.selectedIndex < 0) select.value = "";
  }
  $("filters").open ||= filters.some((select) => select.value);
}
function offer() {
  const used = new Set(items.map((item) => item.kind)), faults = new Set(items.map(faultOf));
  const values = {
    vendor: book.vendors.map((vendor) => [vendor.name, vendorName(vendor)]),
    kind: book.kinds.filter((kind) => used.has(kind.name)).map((kind) => [kind.name, named(kind)]),
    fault: ["end-user", "caller", "vendor", "network"].filter((word) => faults.has(word)).map((word) => [word, t("fault-name." + word)]),
    billing: [["billed", t("billed")], ["free", t("free")], ["unspecified", t("not_stated")], ["billed unspecified", t("billed_or_unstated")]],
    retry: [...new Set(items.map((item) => item.retry))].map((word) => [word || "unspecified", t(word ? "retry-name." + word : "not_stated")]),
    severity: ["error", "warning", "info"].map((word) => [word, t("severity." + word)]),
  };
  for (const select of filters) {
    const chosen = select.value;
    select.replaceChildren(select.options[0], ...values[select.name].map(([value, label]) => new Option(label, value)));
    select.value = chosen;
  }
}

// Results.
const FIRST = 30, MORE = 200;
// How a code was found that is surely meant.
const SURE = ["code", "symbol", "alias", "variant", "template"];
let hits = [], found = { total: 0, near: false }, room = FIRST, chosen = -1, opened, asked;
const faultOf = (item) => kinds.get(item.kind)?.fault || "";
const factOf = { vendor: (item) => item.set.vendor.name, kind: (item) => item.kind, fault: faultOf, billing: (item) => item.billing, retry: (item) => item.retry || "unspecified", severity: (item) => item.severity };
function byCode(a, b) {
  const [one, two] = [Number(a.code), Number(b.code)];
  return one - two || a.code.localeCompare(b.code) || a.at - b.at;
}
const orders = {
  code: byCode,
  vendor: (a, b) => vendorName(a.set.vendor).localeCompare(vendorName(b.set.vendor), spoken()) || byCode(a, b),
  kind: (a, b) => kindName(a.kind).localeCompare(kindName(b.kind), spoken()) || byCode(a, b),
};
// Only as many as fit, if nothing asks for the others: there may be ten thousand.
function find(text, limit) {
  const active = filters.filter((select) => select.value), order = orders[form.elements.sort.value];
  const { hits: all, total, ...answer } = text ? engine.search(text, { limit: active.length || order ? Infinity : limit }) : { hits: [], total: 0, undocumented: [], unknown: [], kinds: [], isGuess: false, isLong: false };
  const known = all.filter((hit) => byId.has(hit.id)), certain = known.filter((hit) => SURE.includes(hit.how));
  let list = text ? known.map((hit) => byId.get(hit.id)) : active.length ? items : [];
  // An option can stand for several facts: `billed unspecified`.
  const narrow = (select) => { const facts = select.value.split(" "); list = list.filter((item) => facts.includes(factOf[select.name](item))); };
  const byBilling = form.elements.billing, isUnstated = (item) => item.billing === "unspecified";
  for (const select of active) if (select !== byBilling) narrow(select);
  const leftOut = byBilling.value && !byBilling.value.includes("unspecified") ? list.filter(isUnstated).length : 0;
  if (byBilling.value) narrow(byBilling);
  if (order) list = [...list].sort(order);
  const isWhole = !text || active.length || order;
  return { list, leftOut, total: isWhole ? list.length : total - (all.length - known.length), ...answer,
    notes: all.filter((hit) => hit.how === "note").map((hit) => hit.id), ranges: all.filter((hit) => hit.how === "range").map((hit) => hit.id),
    combinations: text ? engine.combinations(text) : [], near: known.length > 0 && known.every((hit) => hit.how === "near"), isOther: known.length > 0 && known.every((hit) => hit.how === "same-digits"),
    sure: certain.length === 1 && certain[0] === known[0] ? byId.get(certain[0].id) : undefined };
}
const query = () => q.value.trim() || deadQuery();
function deadQuery() {
  const id = idOf(location.hash);
  return id && !byId.has(id) ? decoded(id.split("/")[2] ?? id) : "";
}
function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined && value !== null) node.setAttribute(key, value);
  node.append(...children.filter((child) => child !== undefined && child !== null));
  return node;
}
const badge = (item) => item.billing === "unspecified" ? make("small", {}, t("billing_unstated")) : make("span", { class: "badge " + item.billing }, t(item.billing));
// A name of code, which breaks between its words.
const pieces = (name) => name.split(/(?<=\p{Ll})(?=[\p{Lu}\p{N}])|(?<=[_:./])/u).flatMap((piece, at) => at ? [make("wbr"), piece] : [piece]);
function result(item, at) {
  const message = pick(item.message, item.own);
  const bit = item.code.indexOf("1"), isFlag = found.combinations.some(({ set, flags }) => book.sets[set] === item.set && flags[bit] === "1");
  const place = [isFlag && position(bit), vendorName(item.set.vendor), named(item.set), kindName(item.kind), item.symbol].filter(Boolean);
  return make("a", { role: "option", id: "r" + at, href: item.page, tabindex: "-1", "aria-selected": "false", "data-id": item.id, class: item.retired ? "hit retired" : "hit" },
    make("span", { class: "line" }, make("b", { class: "number" }, item.code), " ", make("span", { class: "variant" }, ...pieces(item.variant)), " ", badge(item)),
    message && make("span", { class: "message", lang: message.lang }, message.text),
    make("small", {}, place.join(" · ")));
}
// What only paper shows: the query, the filters, how old the documents are, and the text for the user of each result.
let before;
function print() {
  if (panes.hidden || opened || !hits.length) return;
  before = room;
  room = Infinity;
  render();
  for (const [at, item] of hits.entries()) {
    const user = pick(kinds.get(item.kind)?.user);
    if (user) list.children[at].append(make("span", { class: "printed", lang: user.lang }, `${t("tell")}${t("colon")}${user.text}`));
  }
  const query = [q.value.trim(), ...filters.filter((select) => select.value).map((select) => `${capital(select.closest("label").querySelector("span").textContent)}${t("colon")}${select.selectedOptions[0].textContent}`)];
  const documents = [...new Set(hits.map((item) => item.set.vendor))].filter((vendor) => vendor.edition)
    .map((vendor) => `${vendorName(vendor)}${t("colon")}${t("edition")} ${vendor.edition}${vendor.superseded ? " · " + t("superseded") : ""}`);
  $("printed").replaceChildren(make("h2", {}, site), ...[query.filter(Boolean).join(" · "), ...documents].map((line) => make("p", {}, line)));
}
function afterPrint() {
  if (room !== Infinity) return;
  room = before;
  $("printed").replaceChildren();
  update();
}
function choose(at, scroll = true) {
  list.children[chosen]?.setAttribute("aria-selected", "false");
  chosen = at;
  const node = at >= 0 ? list.children[at] : undefined;
  if (!node) { q.removeAttribute("aria-activedescendant"); return; }
  node.setAttribute("aria-selected", "true");
  q.setAttribute("aria-activedescendant", node.id);
  if (scroll) node.scrollIntoView({ block: "nearest" });
}
function render() {
  found = find(query(), room);
  hits = found.list;
  list.replaceChildren(...hits.slice(0, room).map(result));
  $("more").hidden = found.total <= room;
  $("more").textContent = fill(t("show_more"), { count: Math.min(MORE, found.total - room) });
}
// What the page shows for the query, the filters and the open code.
function update() {
  if (!book) return;
  const text = q.value.trim(), active = filters.filter((select) => select.value).length;
  const id = idOf(location.hash), dead = id !== "" && !byId.has(id);
  // To open a code does not take back what "more" showed.
  if (asked !== (asked = address())) room = FIRST;
  render();
  chosen = -1;
  opened = byId.get(id);
  const shown = opened || (hits.length === 1 && !found.near && !found.isOther && !found.isGuess && !found.undocumented.length ? hits[0] : hits.includes(found.sure) && !found.isGuess ? found.sure : undefined);
  choose(hits.length ? Math.max(0, hits.indexOf(opened)) : -1, false);
  const searching = query() !== "" || active > 0;
  for (const node of [$("vendors"), $("examples")]) if (node) node.hidden = searching || shown !== undefined;
  document.body.classList.toggle("searching", searching || shown !== undefined);
  document.body.classList.toggle("reading", opened !== undefined);
  panes.hidden = !searching && !shown;
  panes.classList.toggle("opened", shown !== undefined);
  panes.classList.toggle("alone", !searching || !hits.length);
  q.setAttribute("aria-expanded", String(hits.length > 0));
  $("active").textContent = active ? `(${active})` : "";
  document.querySelector(".tools").hidden = !hits.length;
  const sentences = [dead ? fill(t("dead_link"), { link: "#" + decoded(id) }) : "", ...searching ? summary(query()) : []].filter(Boolean);
  status.replaceChildren(...sentences.flatMap((part) => [part, " "]));
  // What a filter by billing leaves out may be billed all the same.
  $("left-out").hidden = !searching || !found.leftOut;
  $("left-out").firstChild.textContent = fill(t("left_out"), { count: found.leftOut });
  $("left-out").firstChild.href = address("", "unspecified");
  document.title = shown ? `${shown.code} ${pick(shown.message, shown.own)?.text || shown.variant} · ${site}` : text ? `${text} · ${site}` : site;
  if (shown) show(shown); else { wanted = undefined; card.replaceChildren(); }
}
// The answer to a query, in sentences and links.
function summary(text) {
  if (!text && !hits.length) return [t("none_filtered")];
  const { undocumented, unknown, near, total, isGuess, isLong, isOther } = found;
  const codes = total === 1 ? t("found_one") : fill(t("found"), { count: total });
  const count = undocumented.length ? fill(t("by_rest"), { count: codes }) : codes;
  const none = fill(t("none"), { query: text.length > 80 ? text.slice(0, 80) + "…" : text });
  const classes = found.ranges.map(classOf).filter(Boolean);
  const sentences = [...classes, ...undocumented.flatMap(unknownCode), undocumented.length ? t("ask") : "",
    ...found.combinations.map(combination), ...found.kinds.map(textOfKind)];
  if (!hits.length) return [...sentences, classes.length || undocumented.length ? "" : isLong ? t("no_code") : `${none} ${t("none_help")}`];
  if (near) return [...sentences, undocumented.length ? "" : none, t("did_you_mean")];
  if (isGuess) return [...sentences, t("guess"), codes];
  if (isOther) sentences.push(capital(t("same_digits")));
  return [...sentences, unknown.length ? `${count} · ${t("not_found")} ${unknown.join(", ")}` : count];
}
const position = (bit) => fill(t("position"), { position: bit + 1 });
// The documented range of an undocumented number.
function classOf(id) {
  const [vendor, name, ends] = id.split("/");
  const set = book.sets.find((set) => set.vendor.name === vendor && set.name === name);
  const range = set?.ranges.find((range) => `${range.from}..${range.to}` === ends);
  return range && `${t("in_class")} ${range.from} – ${range.to}: ${vendorName(set.vendor)} · ${named(set)}, ${[kindName(range.kind), range.retry && t("retry-name." + range.retry)].filter(Boolean).join(", ")}.`;
}
// That no vendor documents a number, and the notes that mention it all the same.
function unknownCode(number) {
  const sentences = [fill(t("no_vendor"), { code: number })];
  for (const id of found.notes) {
    const item = byId.get(id), at = item ? -1 : book.sets.findIndex((set) => `${set.vendor.name}/${set.name}` === id);
    const { set, row } = item ?? { set: book.sets[at], row: book.search.sets[at] };
    if (!engine.mentioned(row, [number]).length) continue;
    const note = item ? item.note : book.notes[set.note], text = pick(note.text, item?.own);
    sentences.push(fill(t("note_of"), { set: [vendorName(set.vendor), named(set), item?.code].filter(Boolean).join(" · ") }));
    sentences.push(make("q", { lang: text.lang }, text.text));
    if (note.source) sentences.push(make("a", { href: note.source }, note.source));
  }
  return sentences;
}
// `01001000 = position 2 + position 5; each of them applies`.
function combination({ set, number, flags }) {
  const named = (bit) => book.search.sets[set].codes.some((code) => code.code.indexOf("1") === bit);
  const bits = [...[...flags].keys()].filter((bit) => flags[bit] === "1");
  const positions = bits.map((bit) => named(bit) ? position(bit) : `${position(bit)} (${t("undocumented")})`).join(" + ");
  return (number === flags ? "" : number + " → ") + fill(t("combination"), { flags, positions }) + t("stop");
}
function textOfKind(at) {
  const { name } = book.search.kinds[at];
  return make("a", { href: "kinds.html#" + encodeURIComponent(name) }, fill(t("for_users"), { kind: kindName(name) }));
}

// The card of a code.
let wanted;
async function show(item) {
  if (wanted === item && card.firstChild) return;
  wanted = item;
  try {
    const cards = await load("cards/" + Math.floor(item.at / book.cards));
    if (wanted !== item) return;
    const template = make("template");
    template.innerHTML = cards[item.at % book.cards];
    const article = template.content.querySelector(".card");
    if (article?.dataset.id !== item.id) throw new Error(fill(t("failed"), { file: item.id }));
    const back = make("button", { type: "button", class: "back", "data-t": "back" });
    back.addEventListener("click", close);
    card.replaceChildren(back, article);
    speak(card);
    fit();
  } catch (error) { if (wanted === item) { wanted = undefined; card.replaceChildren(); status.textContent = error.message; } }
}
// A card beside the results ends where the window does.
function fit() {
  if (!panes.hidden) card.style.setProperty("--top", `${Math.max(0, card.getBoundingClientRect().top)}px`);
}
// Opens a code as a reader asks for: Back returns to the results. The state of an entry of the history is how many codes
// were opened since the results, and `from` is the row that was pressed, and where.
let from;
function open(id) {
  clearTimeout(remembering);
  const item = byId.get(id), top = rowOf(item)?.getBoundingClientRect().top;
  if (!opened) from = { item, top };
  if (idOf(location.hash) !== id) {
    history.replaceState(history.state, "", address(idOf(location.hash)));
    history.pushState({ depth: (history.state?.depth || 0) + 1 }, "", address(id));
  }
  update();
  choose(hits.indexOf(item), false);
  hold(item, top);
  card.focus({ preventScroll: true });
  if (matchMedia("(max-width: 56rem)").matches) scrollTo(0, 0);
  else if (card.getBoundingClientRect().top < 0) card.scrollIntoView({ block: "start" });
}
const rowOf = (item) => list.children[hits.indexOf(item)];
// Scrolls so that a row is where it was: the list has another width beside a card.
function hold(item, top) {
  const row = rowOf(item);
  if (row?.checkVisibility() && top !== undefined) scrollBy(0, row.getBoundingClientRect().top - top);
}
function close() {
  if (history.state?.depth) { history.go(-history.state.depth); return; }
  const last = opened;
  if (!location.hash) { q.value = ""; for (const select of filters) select.value = ""; }
  clearTimeout(remembering);
  history.replaceState(null, "", address());
  update();
  settle(last);
}
// The results again, at the row whose card was open.
function settle(last) {
  const at = hits.indexOf(last);
  choose(at, at >= 0 && from?.item !== last);
  if (from?.item === last) hold(last, from.top);
  // On a phone, the keyboard would cover the results.
  if (!matchMedia("(max-width: 56rem)").matches) q.focus({ preventScroll: true });
}

// Downloads of all hits: the words of the file format for programs, and beside them what people call it.
function record(item) {
  const { set, set: { vendor } } = item, kind = kinds.get(item.kind), fault = faultOf(item);
  const isStated = item.billing !== "unspecified";
  const noted = (note) => note ? { ...note.text, ...note.source && { source: note.source }, ...note.date && { date: note.date } } : {};
  return {
    vendor: vendor.name, vendor_title: vendorName(vendor), set: set.name, set_title: named(set),
    code: item.code, symbol: item.symbol, name: item.variant,
    kind: item.kind, kind_title: item.kind && kindName(item.kind), fault, fault_title: fault && t("fault-name." + fault),
    retry: item.retry || "unspecified", retry_title: item.retry ? t("retry-name." + item.retry) : t("not_stated"), retry_after: item.after ?? null,
    billing: item.billing, billing_title: isStated ? t(item.billing) : t("not_stated"), billing_source: isStated && set.proof || "",
    severity: item.severity, retired: item.retired, edition: vendor.edition || "", superseded: vendor.superseded,
    message: listed(item.message), remedy: listed(item.remedy), user: listed(kind?.user), note: noted(item.note), set_note: noted(book.notes[set.note]),
  };
}
// A text as the cell of a file that spreadsheets open: what they would turn into a number, a date or a formula is written
// as a formula for this text. The rule is that of `errbook export csv`, where it is explained (xtask/src/export/csv.rs).
function spreadsheetCell(text) {
  if (!/\p{N}|^(true|false)$|^[=+@＝＋＠－\p{White_Space}\p{Cc}-]/iu.test(text)) return text;
  let out = '="', length = 0;
  for (const letter of text) {
    if (/[\0-\x1f\x7f]/.test(letter)) { out += `"&CHAR(${letter.codePointAt(0)})&"`; length = 0; continue; }
    const written = letter === '"' ? '""' : letter;
    if (length + written.length > 255) { out += '"&"'; length = 0; }
    length += written.length;
    out += written;
  }
  return out + '"';
}
function csv(records) {
  const isTable = (value) => typeof value === "object" && value !== null, inOrder = [...languages, "source", "date"];
  // A column for each language that a text is in.
  const columns = Object.entries(records[0]).flatMap(([name, value]) => isTable(value)
    ? inOrder.filter((key) => records.some((each) => each[name][key])).map((key) => [name + "." + key, (each) => each[name][key]])
    : [[name, (each) => each[name]]]);
  const cell = (value) => {
    const text = typeof value === "string" ? spreadsheetCell(value) : String(value ?? "");
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const rows = records.map((each) => columns.map(([, of]) => of(each)));
  // With the byte order mark, without which Excel takes UTF-8 for another encoding.
  return "\ufeff" + [columns.map(([name]) => name), ...rows].map((row) => row.map(cell).join(",") + "\r\n").join("");
}
function download(form) {
  const records = find(query(), Infinity).list.map(record);
  const [text, type] = form === "csv" ? [csv(records), "text/csv"] : [JSON.stringify(records, null, 1) + "\n", "application/json"];
  const url = URL.createObjectURL(new Blob([text], { type }));
  const name = [site, ...filters.map((select) => select.value), query()].join(" ").trim();
  make("a", { href: url, download: `${name.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 80)}.${form}` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

// Events.
function typed() {
  if (location.hash) history.replaceState(null, "", location.pathname + location.search);
  update();
  remember();
}
q.addEventListener("input", typed);
for (const select of selects) select.addEventListener("change", typed);
$("clear").addEventListener("click", () => { for (const select of selects) select.value = ""; typed(); });
$("more").addEventListener("click", () => { const at = room; room += MORE; render(); choose(at); list.children[at]?.focus(); });
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-id]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || !byId.has(link.dataset.id)) return;
  event.preventDefault();
  open(link.dataset.id);
});
$("left-out").addEventListener("click", (event) => { event.preventDefault(); form.elements.billing.value = "unspecified"; typed(); });
// On this page, the fragment of an address is a code: a link to another part of a card scrolls.
card.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-part]");
  if (!link) return;
  event.preventDefault();
  card.querySelector("#" + link.dataset.part).scrollIntoView({ block: "center" });
});
for (const button of document.querySelectorAll("[data-q]")) button.addEventListener("click", () => { q.value = button.dataset.q; typed(); q.focus(); });
for (const button of document.querySelectorAll("[data-download]")) button.addEventListener("click", () => download(button.dataset.download));
form.addEventListener("submit", (event) => { event.preventDefault(); if (hits[chosen]) open(hits[chosen].id); });
addEventListener("scroll", fit, { passive: true });
addEventListener("resize", fit);
addEventListener("beforeprint", print);
addEventListener("afterprint", afterPrint);
addEventListener("popstate", () => {
  const last = opened;
  clearTimeout(remembering);
  readAddress();
  update();
  if (last && !opened) settle(last);
});
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const focused = document.activeElement, typing = /^(INPUT|SELECT|TEXTAREA)$/.test(focused?.tagName);
  if (event.key === "/" && !typing) { event.preventDefault(); if (!q.checkVisibility()) close(); q.focus(); q.select(); return; }
  if (event.key === "Escape") { if (location.hash) close(); else if (q.value) { q.value = ""; typed(); q.focus(); } return; }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !hits.length || (focused !== q && !list.contains(focused))) return;
  event.preventDefault();
  choose(Math.min(list.children.length - 1, Math.max(0, chosen + step)));
  if (focused !== q) q.focus({ preventScroll: true });
});

refresh = () => { offer(); wanted = undefined; update(); };
form.hidden = false;
if ($("examples")) $("examples").hidden = false;
readAddress();
if (!location.hash && matchMedia("(hover: hover)").matches) q.focus({ preventScroll: true });
load("index").then((loaded) => {
  const typedSince = q.value;
  read(loaded);
  offer();
  readAddress();
  // What was typed while the data were loading counts.
  if (typedSince) q.value = typedSince;
  update();
  setTimeout(() => engine.warm(), 200);
  performance.mark("errbook-ready");
  root.dataset.ready = "";
}, (error) => { status.textContent = error.message; });
})();
