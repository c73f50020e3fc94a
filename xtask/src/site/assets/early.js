// Runs before the page is rendered, so that it does not flicker: marks that scripts work, and applies the color scheme
// and the language that the reader chose last time.
(() => {
  const root = document.documentElement;
  const kept = (name) => { try { return localStorage.getItem("errbook." + name); } catch { return null; } };
  root.classList.add("js");
  const theme = kept("theme");
  if (theme) root.dataset.theme = theme;
  root.dataset.language = kept("language") || navigator.language || "en";
})();
