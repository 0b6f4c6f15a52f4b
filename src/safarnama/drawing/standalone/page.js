// Zoom, pan and card details of a map that is one file. Without it the file is a picture, a list and a table.
"use strict";
(() => {
  document.body.classList.add("live");
  const words = JSON.parse(document.getElementById("words").textContent);
  const READABLE = 0.6; // pixels of the window for one of the sheet
  const spoken = () => (document.getElementById("say-fa").checked ? "fa" : "en");

  for (const sheet of document.querySelectorAll(".sheet")) {
    const svg = sheet.querySelector("svg");
    const width = Number(svg.getAttribute("width"));
    const height = Number(svg.getAttribute("height"));
    svg.removeAttribute("width");
    svg.removeAttribute("height");
    let view = null;
    const hold = (at, all, room) => (room >= all ? (all - room) / 2 : Math.min(all - room, Math.max(0, at)));
    const look = (x, y, scale) => {
      const least = Math.min(sheet.clientWidth / width, sheet.clientHeight / height);
      scale = Math.min(6, Math.max(least, scale));
      const [w, h] = [sheet.clientWidth / scale, sheet.clientHeight / scale];
      const next = { x: hold(x, width, w), y: hold(y, height, h), scale };
      const changed = !view || next.x !== view.x || next.y !== view.y || next.scale !== view.scale;
      view = next;
      svg.setAttribute("viewBox", `${view.x} ${view.y} ${w} ${h}`);
      return changed;
    };
    const zoom = (factor, x = sheet.clientWidth / 2, y = sheet.clientHeight / 2) => {
      const scale = Math.min(6, Math.max(view.scale * factor, Math.min(sheet.clientWidth / width, sheet.clientHeight / height)));
      return look(view.x + x / view.scale - x / scale, view.y + y / view.scale - y / scale, scale);
    };
    new ResizeObserver(() => {
      if (!sheet.clientWidth) return;
      if (view) look(view.x, view.y, view.scale);
      // At first as wide as the window, or, where that is narrow, as high but with words that can be read, from where reading starts.
      else look(sheet.lang === "fa" ? width : 0, 0, Math.max(sheet.clientWidth / width, Math.min(1, Math.max(READABLE, sheet.clientHeight / height))));
    }).observe(sheet);

    sheet.addEventListener("wheel", (event) => {
      const box = sheet.getBoundingClientRect();
      if (window.scrollY > 0 && !event.ctrlKey) return;
      if (zoom(Math.exp(-event.deltaY / 500), event.clientX - box.x, event.clientY - box.y)) event.preventDefault();
    }, { passive: false });

    const held = new Map();
    let dragged = false;
    sheet.addEventListener("pointerdown", (event) => {
      if (event.target.closest("button")) return;
      held.set(event.pointerId, event);
      dragged = false;
    });
    sheet.addEventListener("pointermove", (event) => {
      const before = held.get(event.pointerId);
      if (!before) return;
      const other = [...held.values()].find((each) => each.pointerId !== event.pointerId);
      if (other) {
        const far = (each) => Math.hypot(each.clientX - other.clientX, each.clientY - other.clientY) || 1;
        const box = sheet.getBoundingClientRect();
        zoom(far(event) / far(before), (event.clientX + other.clientX) / 2 - box.x, (event.clientY + other.clientY) / 2 - box.y);
      } else if (dragged || Math.hypot(event.clientX - before.clientX, event.clientY - before.clientY) > 4) {
        if (!dragged) sheet.setPointerCapture(event.pointerId);
        dragged = true;
        look(view.x - (event.clientX - before.clientX) / view.scale, view.y - (event.clientY - before.clientY) / view.scale, view.scale);
      } else return;
      held.set(event.pointerId, event);
    });
    for (const end of ["pointerup", "pointercancel"]) sheet.addEventListener(end, (event) => held.delete(event.pointerId));
    sheet.addEventListener("dragstart", (event) => event.preventDefault());
    sheet.addEventListener("click", (event) => {
      const link = event.target.closest("a");
      if (!link) return;
      event.preventDefault();
      if (!dragged) open(link);
      dragged = false;
    });
    sheet.addEventListener("keydown", (event) => {
      const act = { "+": () => zoom(1.3), "=": () => zoom(1.3), "-": () => zoom(1 / 1.3), 0: () => look(0, 0, 0) }[event.key];
      if (!act || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      act();
    });
    sheet.addEventListener("focusin", (event) => {
      const link = event.target.closest("a");
      if (!link || !link.matches(":focus-visible")) return;
      const box = link.getBBox();
      const [w, h] = [sheet.clientWidth / view.scale, sheet.clientHeight / view.scale];
      look(Math.min(box.x - 20, Math.max(view.x, box.x + box.width + 20 - w)), Math.min(box.y - 20, Math.max(view.y, box.y + box.height + 20 - h)), view.scale);
    });

    const tools = document.createElement("div");
    tools.className = "zoom";
    for (const [sign, name, act] of [["+", "in", () => zoom(1.3)], ["0", "fit", () => look(0, 0, 0)], ["−", "out", () => zoom(1 / 1.3)]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = sign === "0" ? "⤢" : sign;
      button.setAttribute("aria-label", words[sheet.lang][name]);
      button.addEventListener("click", act);
      tools.append(button);
    }
    sheet.append(tools);
  }

  let from = null;
  const close = () => {
    document.getElementById("card")?.remove();
    from?.classList.remove("chosen");
    from?.focus();
    from = null;
  };
  const open = (link) => {
    const found = document.getElementById(decodeURIComponent(link.getAttribute("href").slice(1)));
    if (!found) return;
    close();
    from = link;
    link.classList.add("chosen");
    const card = document.createElement("aside");
    card.id = "card";
    card.lang = spoken();
    card.dir = spoken() === "fa" ? "rtl" : "ltr";
    card.tabIndex = -1;
    const copy = found.cloneNode(true);
    copy.removeAttribute("id");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "✕";
    button.setAttribute("aria-label", words[spoken()].close);
    button.addEventListener("click", close);
    card.append(copy, button);
    document.body.append(card);
    card.focus();
  };
  document.addEventListener("keydown", (event) => event.key === "Escape" && close());
  for (const choice of document.querySelectorAll(".choose")) {
    choice.addEventListener("change", () => {
      close();
      document.documentElement.lang = spoken();
      document.documentElement.dir = spoken() === "fa" ? "rtl" : "ltr";
    });
  }
})();
