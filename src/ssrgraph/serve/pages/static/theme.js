// Sets the theme before the page is drawn, and lets one choose it. Loaded in the head, on purpose not deferred.
(() => {
  const root = document.documentElement;
  const key = "ssrgraph-theme";
  const names = ["auto", "light", "dark"];
  const read = () => {
    try {
      const kept = localStorage.getItem(key);
      return names.includes(kept) ? kept : "auto";
    } catch {
      return "auto"; // Storage may be forbidden.
    }
  };
  const apply = (name) => {
    if (name === "auto") delete root.dataset.theme;
    else root.dataset.theme = name;
    document.dispatchEvent(new CustomEvent("themechange"));
  };
  apply(read());
  document.addEventListener("DOMContentLoaded", () => {
    const button = document.getElementById("theme");
    const show = (name) => {
      button.querySelector(".word").textContent = `Theme: ${name}`;
    };
    show(read());
    button.hidden = false;
    button.addEventListener("click", () => {
      const next = names[(names.indexOf(read()) + 1) % names.length];
      try {
        localStorage.setItem(key, next);
      } catch {
        // It holds for this page then.
      }
      apply(next);
      show(next);
    });
  });
})();
