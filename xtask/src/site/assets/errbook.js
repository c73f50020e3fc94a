// Language and color scheme on all pages, and search on the first page. All texts are already in the tables of the
// page: they are read once, and inserted into cards as text, never as markup.
(() => {
"use strict";
const root = document.documentElement;
const $ = (id) => document.getElementById(id);
const words = JSON.parse($("words").textContent);
const keep = (name, value) => { try { localStorage.setItem("errbook." + name, value); } catch { /* storage is blocked: applies to this page only */ } };
const base = (tag) => tag.split("-")[0].toLowerCase();
const languages = document.body.dataset.languages.split(" ").filter(Boolean);
const nearest = (tag, tags) => tags.find((t) => t.toLowerCase() === tag.toLowerCase()) || tags.find((t) => base(t) === base(tag));

let language = nearest(root.dataset.language, languages) || languages[0] || "en";
// The language of the interface, which has fewer languages than the registry.
const spoken = () => nearest(language, Object.keys(words)) || "en";
const t = (name) => words[spoken()][name] ?? name;
const labelOf = (fact) => words.en["fact." + fact] ? "fact." + fact : fact;

// Language and color scheme.
const shown = document.createElement("style");
document.head.append(shown);
function speak() {
  root.lang = language;
  root.dataset.language = language;
  // Show each text in the reader's language and in the vendor's; the content of the tables does not change.
  shown.textContent = `table [lang]:not([lang="${CSS.escape(language)}"]):not(.own),.title [lang]:not([lang="${CSS.escape(language)}"]):not(.own:only-child),` +
    `h1 [lang]:not([lang="${CSS.escape(language)}"]):not(:only-child),h2 [lang]:not([lang="${CSS.escape(language)}"]):not(:only-child),` +
    `.title [lang]:not([lang="${CSS.escape(language)}"]):not(:only-child),.vendors [lang]:not([lang="${CSS.escape(language)}"]):not(:only-child),.release [lang]:not([lang="${CSS.escape(spoken())}"]){display:none}`;
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const div of document.querySelectorAll("[data-fact]")) div.firstChild.textContent = t(labelOf(div.dataset.fact));
  const q = $("q");
  if (q) { q.placeholder = t("search_hint"); q.setAttribute("aria-label", t("search")); }
}
const name = (tag) => { try { return new Intl.DisplayNames([tag], { type: "language" }).of(tag); } catch { return tag; } };
for (const tag of languages) $("language").append(new Option(name(tag), tag, false, tag === language));
$("language").addEventListener("change", (event) => { language = event.target.value; keep("language", language); speak(); refresh(); });
$("theme").value = root.dataset.theme || "";
$("theme").addEventListener("change", (event) => { root.dataset.theme = event.target.value; keep("theme", event.target.value); });
document.querySelector(".choices").hidden = false;
let refresh = () => {};
speak();
if (!$("q")) return;

// Read the tables.
const texts = (cell) => cell ? [...cell.children].filter((n) => n.tagName !== "DL").map((p) => ({ lang: p.lang, text: p.textContent, own: p.classList.contains("own") })) : [];
const sets = [...document.querySelectorAll("section.set")].map((section) => ({
  ...section.dataset, id: section.id,
  sections: new Map([...section.querySelectorAll("[data-section]")].filter((n) => n.tagName === "LI").map((li) => [li.dataset.section, texts(li)])),
  ranges: [...section.querySelectorAll(".range")].map((p) => ({ ...p.dataset })),
  remedies: section.querySelectorAll("thead th").length > 6, rows: section.querySelector("tbody").rows,
}));
// A fact that has no column: one value, or values by language or key.
const valueOf = (parts) => parts.some((dd) => dd.lang || dd.dataset.key)
  ? Object.fromEntries(parts.map((dd) => [dd.getAttribute("lang") || dd.dataset.key, dd.textContent]))
  : parts[0].dataset.value || parts[0].textContent;
const items = [];
for (const set of sets) for (const row of set.rows) {
  const cells = row.cells, head = cells[0], last = cells.length;
  const symbol = head.querySelector("code")?.textContent || "";
  const aliases = [...head.querySelectorAll("i")].map((i) => i.textContent);
  const code = head.firstChild.textContent, variant = cells[1].firstChild.textContent;
  const message = texts(cells[2]), remedy = set.remedies ? texts(cells[3]) : [];
  const kind = cells[last - 3].textContent;
  const { http, parameters, section: sectionId, ...facts } = Object.fromEntries([...row.querySelectorAll("[data-fact]")].map((div) => [div.dataset.fact, valueOf([...div.querySelectorAll("dd")])]));
  const section = set.sections.get(sectionId) || [];
  items.push({
    id: row.id, set, code, symbol, aliases, variant, message, remedy, section, kind,
    retry: cells[last - 2].firstChild?.data || "", billing: cells[last - 1].textContent,
    after: row.dataset.after, http, facts, params: parameters, retired: row.classList.contains("retired"),
    instead: cells[1].querySelector(".instead"), until: row.dataset.until, now: row.dataset.now,
  });
}
const byId = new Map(items.map((item) => [item.id, item]));
const kinds = new Map([...$("kinds").tBodies[0].rows].map((row) => [row.dataset.kind, { doc: texts(row.cells[1]), user: texts(row.cells[2]) }]));
const ofKind = new Map();
for (const item of items) if (item.kind) (ofKind.get(item.kind) || ofKind.set(item.kind, []).get(item.kind)).push(item);

// Search. The index is ready a moment after the page is.
const SHOWN = 30;
let engine;
const byPlace = new Map(sets.map((set) => [set.id, set]));
function find(text) {
  if (!engine) return { hits: [], total: 0, classes: [], notes: [], near: false };
  const found = engine.search(text, { limit: SHOWN });
  const hits = [], classes = [], notes = [];
  for (const { id, how } of found.hits) {
    const at = id.lastIndexOf("/"), [from, to] = id.slice(at + 1).split("..");
    if (byId.has(id)) hits.push(byId.get(id));
    else if (how === "note") notes.push(byPlace.get(id));
    else if (how === "range") {
      const set = byPlace.get(id.slice(0, at));
      classes.push({ set, range: set.ranges.find((range) => range.from === from && range.to === to) });
    }
  }
  const near = found.hits.length > 0 && found.hits.every((hit) => hit.how === "near");
  return { hits, total: found.total - classes.length - notes.length, classes, notes, near };
}

// Helpers for elements.
function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined && value !== null) node.setAttribute(key, value);
  node.append(...children.filter((child) => child !== undefined && child !== null));
  return node;
}
const own = (list) => list.find((x) => x.own);
const pick = (list) => list.find((x) => x.lang === language) || list.find((x) => base(x.lang) === base(language)) || list.find((x) => x.lang === languages[0]) || own(list);
// A vendor, with its registry if there are several.
const vendorName = (set) => (set.registry ? set.registry + ": " : "") + set.vendor;
const badge = (item) => item.billing ? make("span", { class: "badge " + item.billing }, t(item.billing)) : undefined;

// Results.
const q = $("q"), list = $("results"), card = $("card"), status = $("status"), panes = $("panes");
let hits = [], chosen = -1;
function result(item, at) {
  const message = pick(item.message);
  return make("li", { role: "option", id: "r" + at, "aria-selected": "false", "data-id": item.id, class: item.retired ? "retired" : null },
    make("div", { class: "line" }, make("b", { class: "number" }, item.code), make("span", { class: "variant" }, item.variant), badge(item)),
    message && make("p", { lang: message.lang }, message.text),
    make("small", {}, vendorName(item.set) + " / " + item.set.set + (item.symbol ? " · " + item.symbol : "")));
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
function search() {
  const text = q.value.trim();
  const opened = byId.get(location.hash.slice(1));
  $("home").hidden = $("vendors").hidden = text !== "" || opened !== undefined;
  document.body.classList.toggle("searching", text !== "" || opened !== undefined);
  panes.hidden = text === "" && !opened;
  panes.classList.toggle("opened", opened !== undefined);
  panes.classList.toggle("alone", text === "");
  q.setAttribute("aria-expanded", String(text !== ""));
  if (text === "") { list.replaceChildren(); hits = []; chosen = -1; status.textContent = ""; return; }
  const found = find(text);
  hits = found.hits;
  list.replaceChildren(...hits.map(result));
  chosen = -1;
  choose(hits.length ? 0 : -1, false);
  const about = found.classes.map(({ set, range }) =>
    `${t("in_class")} ${range.from} – ${range.to}: ${vendorName(set)} / ${set.set}, ${[range.kind, range.retry].filter(Boolean).join(", ")}.`);
  about.push(...found.notes.map((set) => `${vendorName(set)} / ${set.set}: ${t("mentioned")}.`));
  if (found.near) about.push(`${text} ${t("unknown")}; ${t("near")}`);
  status.textContent = about.length ? about.join(" ") : found.total || !engine ? "" : `${t("none")}: ${text}. ${t("none_help")}`;
  if (found.total > hits.length) list.append(make("li", { class: "more", role: "presentation" }, `${found.total - hits.length} ${t("more")}`));
}
q.addEventListener("input", () => { if (location.hash.length > 1) history.replaceState(null, "", location.pathname + location.search); search(); });

// Card of a code.
function filled(name, place, node) {
  const [before, after] = t(name).split(`{${place}}`);
  return [before, node, after ?? ""];
}
function quoted(text) { return JSON.stringify(text); }
function decode(item) {
  const value = item.set.wire.startsWith("integer") ? String(Number(item.code)) : quoted(item.code);
  if (item.set.identity === "code+symbol") return `${item.set.rust}::from_code_and_symbol(${value}, ${quoted(item.symbol)})`;
  return `${item.set.rust}::from_code(${value})`;
}
function copy(text) {
  const button = make("button", { type: "button", class: "copy" }, t("copy"));
  button.addEventListener("click", async () => {
    try { await navigator.clipboard.writeText(text); } catch {
      const area = make("textarea"); area.value = text; card.append(area); area.select(); document.execCommand("copy"); area.remove();
    }
    button.textContent = t("copied");
    setTimeout(() => { button.textContent = t("copy"); }, 1500);
  });
  return button;
}
function fact(dl, label, ...values) {
  const nodes = values.filter((value) => value !== undefined && value !== null && value !== "");
  if (nodes.length) dl.append(make("dt", {}, label), make("dd", {}, ...nodes));
}
function both(list) {
  const first = pick(list), vendors = own(list);
  if (!first) return [];
  return [make("p", { lang: first.lang }, first.text), vendors && vendors.lang !== first.lang ? make("p", { lang: vendors.lang, class: "theirs" }, vendors.text) : undefined];
}
// A fact that needs no more than a label: a word, strings by language, a note with its source, or a table.
function values(key, value) {
  if (typeof value !== "object") return [t(`${key}.${value}`).replace(`${key}.`, "")];
  const { source, date, ...rest } = value;
  const entries = Object.entries(rest);
  if (!entries.every(([name]) => words.en[`${key}.${name}`] === undefined))
    return [entries.map(([name, text]) => t(`${key}.${name}`).replace("{value}", text)).join(", ")];
  const list = entries.map(([lang, text]) => ({ lang, text }));
  const shown = source || date ? [pick(list) || list[0]] : list;
  const link = /^https?:/.test(source || "") ? make("a", { href: source }, source) : source;
  return [...shown.filter(Boolean).map((x) => make("p", { lang: x.lang }, x.text)), link && make("p", {}, link, date ? `, ${date}` : ""), !link && date];
}
function line(label, text) { return make("div", { class: "rust" }, make("span", { class: "quiet" }, label), make("code", {}, ...text.split(/(?<=::)/).flatMap((part) => [part, make("wbr")])), copy(text)); }
function elsewhere(item) {
  const others = (ofKind.get(item.kind) || []).filter((other) => other.set.vendor !== item.set.vendor && !other.retired);
  const vendors = Map.groupBy ? Map.groupBy(others, (other) => vendorName(other.set)) : others.reduce((map, other) => map.set(vendorName(other.set), [...(map.get(vendorName(other.set)) || []), other]), new Map());
  return [...vendors].map(([vendor, list]) => make("div", { class: "others" }, make("b", {}, vendor), " ",
    ...list.slice(0, 12).flatMap((other) => [make("a", { href: "#" + other.id, title: pick(other.message)?.text }, other.code), " "]),
    list.length > 12 ? make("a", { href: "kinds.html#" + item.kind }, `+${list.length - 12}`) : undefined));
}
function show(item) {
  const kind = kinds.get(item.kind), dl = make("dl");
  if (item.retired) fact(dl, t("retired_label"), item.until ? t("former").replace("{edition}", item.until).replace("{code}", item.code).replace("{variant}", item.now) : t("retired"), item.instead && make("p", {}, ...filled("use_instead", "code", item.instead.cloneNode(true))));
  fact(dl, t("message"), ...both(item.message));
  fact(dl, t("remedy"), ...both(item.remedy));
  fact(dl, t("symbol"), item.symbol && make("code", {}, item.symbol));
  fact(dl, t("parameters"), item.params);
  if (item.aliases.length) fact(dl, t("aliases"), ...item.aliases.flatMap((alias) => [make("code", {}, alias), " "]));
  fact(dl, t("billing"), make("p", {}, badge(item) || t("unspecified"), item.billing && item.set.billing ? ` ${t("said_by")} “${item.set.billing}”` : ""));
  fact(dl, t("retry"), item.retry && t("retry." + item.retry) + (item.after ? ` (${t("at_least").replace("{seconds}", item.after)})` : ""));
  fact(dl, t("user"), kind && make("p", { class: "user", lang: pick(kind.user)?.lang }, pick(kind.user)?.text || ""));
  fact(dl, t("kind"), item.kind && make("p", {}, make("a", { href: "kinds.html#" + item.kind }, item.kind), kind && pick(kind.doc) ? ": " + pick(kind.doc).text : ""));
  fact(dl, t("http"), item.http);
  fact(dl, t("section"), ...both(item.section));
  for (const [key, value] of Object.entries(item.facts)) fact(dl, t("fact." + key), ...values(key, value));
  fact(dl, t("rust"), line(t("match_it"), `${item.set.rust}::${item.variant}`), item.until ? undefined : line(t("decode_it"), decode(item)));
  fact(dl, t("also_at"), ...elsewhere(item));
  const back = make("button", { type: "button", class: "back" }, "← " + t("back"));
  back.addEventListener("click", close);
  card.replaceChildren(back,
    make("h2", {}, make("span", { class: "number" }, item.code), " ", make("span", { class: "variant" }, item.variant), " ", badge(item)),
    make("p", { class: "place" }, make("a", { href: `vendors/${item.set.vendor}.html#${item.id}` }, `${vendorName(item.set)} / ${item.set.set}`), make("a", { class: "link", href: "#" + item.id }, t("link"))), dl);
}
function close() { history.replaceState(null, "", location.pathname + location.search); card.replaceChildren(); search(); q.focus(); }
function open() {
  const item = byId.get(location.hash.slice(1));
  const before = chosen;
  search();
  if (!item) { card.replaceChildren(); return; }
  const at = hits.indexOf(item);
  choose(at >= 0 ? at : before);
  show(item);
  document.title = `${item.code} ${item.variant} · errbook`;
}
addEventListener("hashchange", () => { open(); if (card.firstChild) card.focus({ preventScroll: true }); });
list.addEventListener("click", (event) => { const li = event.target.closest("[data-id]"); if (li) go(li.dataset.id); });
function go(id) { if (location.hash.slice(1) === id) open(); else location.hash = id; }

// Keyboard.
$("form").addEventListener("submit", (event) => { event.preventDefault(); if (hits[chosen]) go(hits[chosen].id); });
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName);
  if (event.key === "/" && !typing) { event.preventDefault(); q.focus(); q.select(); return; }
  if (event.key === "Escape") { if (location.hash.length > 1) close(); else if (q.value) { q.value = ""; search(); q.focus(); } return; }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !hits.length || (typing && document.activeElement !== q)) return;
  event.preventDefault();
  choose(Math.min(hits.length - 1, Math.max(0, chosen + step)));
  if (document.activeElement !== q) q.focus({ preventScroll: true });
});
for (const button of document.querySelectorAll("[data-q]")) button.addEventListener("click", () => { q.value = button.dataset.q; search(); q.focus(); });

refresh = () => { search(); const item = byId.get(location.hash.slice(1)); if (item) show(item); };
$("form").hidden = false;
open();
ErrbookSearch.unpack($("index").textContent).then((index) => { engine = ErrbookSearch.load(index); if (q.value) open(); setTimeout(() => engine.warm()); });
if (!location.hash && matchMedia("(hover: hover)").matches) q.focus({ preventScroll: true });
})();
