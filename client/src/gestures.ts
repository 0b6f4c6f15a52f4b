// Hands on the sheet: wheel, pinch and drag, told as zooms and moves.
export interface Hands {
  zoom(factor: number, at: { x: number; y: number }): boolean; // whether anything changed
  move(dx: number, dy: number): void;
}

const DRAG_FROM = 4; // pixels; less is a click

// Listens on an element until the returned function is called.
export function listen(element: HTMLElement, hands: Hands): () => void {
  const pointers = new Map<number, { x: number; y: number }>();
  let dragged = false;
  let far = 0;
  const stop = new AbortController();
  const options = { signal: stop.signal };

  const place = (event: PointerEvent | WheelEvent) => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.x, y: event.clientY - box.y };
  };

  element.addEventListener(
    "wheel",
    (event) => {
      // On the way back up a long page the wheel belongs to the page.
      if (window.scrollY > 0 && !event.ctrlKey) return;
      const step = event.deltaMode === 1 ? 18 : 1;
      const factor = Math.exp((-event.deltaY * step * (event.ctrlKey ? 3 : 1)) / 500);
      // At the smallest nothing changes and the page scrolls on.
      if (hands.zoom(factor, place(event)) || event.ctrlKey) event.preventDefault();
    },
    { ...options, passive: false },
  );

  element.addEventListener(
    "pointerdown",
    (event) => {
      if (event.button !== 0) return;
      pointers.set(event.pointerId, place(event));
      dragged = false;
      far = 0;
    },
    options,
  );

  element.addEventListener(
    "pointermove",
    (event) => {
      const before = pointers.get(event.pointerId);
      if (!before) return;
      const now = place(event);
      if (pointers.size === 2) {
        const other = [...pointers].find(([id]) => id !== event.pointerId)![1];
        const apart = (a: { x: number; y: number }) => Math.hypot(a.x - other.x, a.y - other.y) || 1;
        hands.zoom(apart(now) / apart(before), { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
        dragged = true;
      } else {
        far += Math.hypot(now.x - before.x, now.y - before.y);
        if (far >= DRAG_FROM && !dragged) {
          dragged = true;
          element.setPointerCapture(event.pointerId);
          element.classList.add("dragging");
        }
        if (dragged) hands.move(now.x - before.x, now.y - before.y);
      }
      pointers.set(event.pointerId, now);
    },
    options,
  );

  const up = (event: PointerEvent) => {
    pointers.delete(event.pointerId);
    if (!pointers.size) element.classList.remove("dragging");
  };
  element.addEventListener("pointerup", up, options);
  element.addEventListener("pointercancel", up, options);
  element.addEventListener("dragstart", (event) => event.preventDefault(), options);
  // The click that ends a drag opens nothing.
  element.addEventListener(
    "click",
    (event) => {
      if (!dragged) return;
      event.preventDefault();
      event.stopPropagation();
      dragged = false;
    },
    { ...options, capture: true },
  );
  return () => stop.abort();
}
