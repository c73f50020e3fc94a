// Runs before the page is rendered, so that it does not flicker: marks that scripts work, and applies the color scheme
// and the language that the reader chose last time. Also receives the data of other scripts.
"use strict";
self.errbook = {
  // Packed data by name, and what waits for them.
  packed: new Map(), waiting: new Map(),
  take(name, text) { this.packed.set(name, text); this.waiting.get(name)?.(text); },
  base: (tag) => tag.split("-")[0].toLowerCase(),
  nearest(tag, tags) { return tags.find((t) => t.toLowerCase() === tag.toLowerCase()) || tags.find((t) => errbook.base(t) === errbook.base(tag)); },
};
(() => {
  const root = document.documentElement;
  const kept = (name) => { try { return localStorage.getItem("errbook." + name); } catch { return null; } };
  root.classList.add("js");
  const theme = kept("theme");
  if (theme) root.dataset.theme = theme;
  const languages = root.dataset.languages.split(" ").filter(Boolean);
  const first = (tags) => tags.filter(Boolean).map((tag) => errbook.nearest(tag, languages)).find(Boolean);
  // A link can ask for a language, which then applies to this tab: the reader did not choose it for all visits.
  const linked = first([new URLSearchParams(location.search).get("lang")]);
  try { if (linked) sessionStorage.setItem("errbook.language", linked); } catch { /* storage is blocked: applies to this page only */ }
  const ofTab = () => { try { return sessionStorage.getItem("errbook.language"); } catch { return null; } };
  errbook.usual = first(navigator.languages || [navigator.language]) || languages[0] || "en";
  root.dataset.language = linked || first([ofTab(), kept("language")]) || errbook.usual;
})();
