"use strict";
// Filters by kind, slot and text. Levels are filtered without script, by the style sheet.
(() => {
  const form = document.getElementById("filter");
  if (!form) return;
  const cards = [...document.querySelectorAll("article.card")];
  const words = new Map();
  const text = (card) => {
    if (!words.has(card)) words.set(card, card.textContent.toLowerCase());
    return words.get(card);
  };
  const apply = () => {
    const kind = form.elements.kind.value;
    const slot = form.elements.slot.value;
    const wanted = form.elements.text.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const card of cards) {
      const fits = (!kind || card.dataset.kind === kind) && (!slot || card.dataset.slot === slot) &&
        wanted.every((word) => text(card).includes(word));
      card.hidden = !fits;
      if (fits) shown += 1;
    }
    const all = shown === cards.length;
    document.getElementById("shown").textContent = all ? "" : `${shown} of ${cards.length} fit`;
  };
  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const folded = target && target.closest("details");
    if (folded && !folded.open) {
      folded.open = true;
      target.scrollIntoView();
    }
  };
  addEventListener("hashchange", reveal);
  reveal();
})();
