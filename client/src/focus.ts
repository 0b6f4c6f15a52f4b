// Moving between what can be opened on the sheet, in the direction an arrow points: ← is the next step in Persian.
export type Arrow = "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown";

export function isArrow(key: string): key is Arrow {
  return key === "ArrowLeft" || key === "ArrowRight" || key === "ArrowUp" || key === "ArrowDown";
}

export function links(sheet: HTMLElement): SVGAElement[] {
  return [...sheet.querySelectorAll<SVGAElement>("svg a")];
}

// One stop for the Tab key; arrows do the rest.
export function rove(sheet: HTMLElement, to?: SVGAElement): void {
  const all = links(sheet);
  const chosen = to ?? all.find((link) => link.getAttribute("href")?.includes("/cards/")) ?? all[0];
  for (const link of all) link.setAttribute("tabindex", link === chosen ? "0" : "-1");
}

// The nearest thing in a direction: near along it, and hardly aside.
export function neighbour(from: SVGAElement, all: SVGAElement[], arrow: Arrow): SVGAElement | null {
  const here = middle(from);
  const across = arrow === "ArrowLeft" || arrow === "ArrowRight";
  const sign = arrow === "ArrowLeft" || arrow === "ArrowUp" ? -1 : 1;
  let best: SVGAElement | null = null;
  let least = Infinity;
  for (const link of all) {
    const there = middle(link);
    const along = (across ? there.x - here.x : there.y - here.y) * sign;
    const aside = Math.abs(across ? there.y - here.y : there.x - here.x);
    if (link === from || along < 2) continue;
    const cost = along + aside * (across ? 6 : 3);
    if (cost < least) [best, least] = [link, cost];
  }
  return best;
}

function middle(link: SVGAElement): { x: number; y: number } {
  const box = link.getBBox();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
