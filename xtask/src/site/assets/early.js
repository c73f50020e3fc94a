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
  const wanted = [kept("language"), ...(navigator.languages || [navigator.language])].filter(Boolean);
  const found = wanted.map((tag) => errbook.nearest(tag, languages)).find(Boolean);
  root.dataset.language = found || languages[0] || "en";
})();
