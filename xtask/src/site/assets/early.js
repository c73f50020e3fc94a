// Runs before anything is shown, so that nothing flickers: the script is there, and what the reader chose last time.
(() => {
  const root = document.documentElement;
  const kept = (name) => { try { return localStorage.getItem("errbook." + name); } catch { return null; } };
  root.classList.add("js");
  const theme = kept("theme");
  if (theme) root.dataset.theme = theme;
  root.dataset.language = kept("language") || navigator.language || "en";
})();
