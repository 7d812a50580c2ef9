// The parallel reader: beads by keyboard and click, and from a selection to its renderings. Every page works without it.
"use strict";
(() => {
  const reader = document.querySelector(".parallel");
  if (!reader) return;
  const beads = [...reader.querySelectorAll(".bead")];
  let chosen = -1;

  // The address of a bead is that of its first sentence.
  const choose = (index, keep = true) => {
    if (index < 0 || index >= beads.length) return;
    beads[chosen]?.classList.remove("chosen");
    beads[chosen]?.setAttribute("tabindex", "-1");
    chosen = index;
    const bead = beads[index];
    bead.classList.add("chosen");
    bead.setAttribute("tabindex", "0");
    if (document.activeElement !== bead) bead.focus({ preventScroll: true });
    bead.scrollIntoView({ block: "nearest" });
    const place = bead.querySelector(".place");
    if (keep && place) history.replaceState(null, "", place.getAttribute("href"));
  };

  const release = () => {
    beads[chosen]?.classList.remove("chosen");
    if (document.activeElement === beads[chosen]) beads[chosen].blur();
  };

  const of = (node) => beads.indexOf(node.closest?.(".bead"));

  beads.forEach((bead, index) => {
    bead.addEventListener("mouseenter", () => bead.classList.add("lit"));
    bead.addEventListener("mouseleave", () => bead.classList.remove("lit"));
    bead.addEventListener("focus", () => { if (chosen !== index) choose(index, false); });
    bead.addEventListener("click", (event) => {
      if (event.target.closest("a, button, input, select, summary, label, form, article")) return;
      if (String(getSelection()).trim() === "") choose(index);
    });
  });
  if (beads.length > 0) beads[0].setAttribute("tabindex", "0");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.("input, select, textarea, button, summary, a")) return;
    const inside = of(event.target) >= 0 || chosen >= 0;
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    if (step && (inside || event.key === "j" || event.key === "k")) {
      event.preventDefault();
      choose(Math.max(0, Math.min(beads.length - 1, chosen + step)));
    } else if (inside && event.key === "Home") {
      event.preventDefault();
      choose(0);
    } else if (inside && event.key === "End") {
      event.preventDefault();
      choose(beads.length - 1);
    } else if (inside && event.key === "Enter") {
      choose(chosen);
    } else if (event.key === "Escape") {
      ask.hidden = true;
      release();
      chosen = -1;
    }
  });

  const arrive = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const index = target ? of(target) : -1;
    if (index >= 0) choose(index, false);
  };
  addEventListener("hashchange", arrive);
  arrive();

  // From a selection inside one column to the ways it was rendered.
  const ask = document.createElement("a");
  ask.className = "ask button";
  ask.hidden = true;
  ask.textContent = reader.dataset.ask;
  document.body.append(ask);
  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    const words = String(selection).trim();
    const column = selection.anchorNode?.parentElement?.closest(".bead > .text");
    if (!column || words === "" || words.length > 120 || !column.contains(selection.focusNode)) {
      ask.hidden = true;
      return;
    }
    const others = [...column.parentElement.querySelectorAll(":scope > .text")].filter((cell) => cell !== column);
    const address = new URL(reader.dataset.terms, location.href);
    address.searchParams.set("q", words);
    address.searchParams.set("from", column.lang);
    if (others[0]) address.searchParams.set("to", others[0].lang);
    ask.href = address.pathname + address.search;
    const box = selection.getRangeAt(0).getBoundingClientRect();
    ask.hidden = false;
    const width = ask.offsetWidth;
    const left = Math.max(8, Math.min(box.left + scrollX, document.documentElement.clientWidth - width - 8));
    // The style of an element is ours to set from a script; an attribute would be refused.
    ask.style.left = `${left}px`;
    ask.style.top = `${box.bottom + scrollY + 6}px`;
  });
})();
