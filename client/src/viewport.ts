// Where one looks on a sheet: a window onto it, never beyond its edges.
export interface Size {
  width: number;
  height: number;
}

export interface View {
  // Corner of the window on the sheet, and pixels of the screen for one of the sheet.
  x: number;
  y: number;
  scale: number;
}

const LARGEST = 6;

// The view that shows the whole sheet.
export function whole(sheet: Size, screen: Size): View {
  const scale = Math.min(screen.width / sheet.width, screen.height / sheet.height);
  return held({ x: 0, y: 0, scale }, sheet, screen);
}

// The view to begin with: as wide as the screen, so that words can be read, from the top.
export function wide(sheet: Size, screen: Size): View {
  return held({ x: 0, y: 0, scale: screen.width / sheet.width }, sheet, screen);
}

// The view held within the sheet; where the sheet is smaller than the screen it stands in the middle.
export function held(view: View, sheet: Size, screen: Size): View {
  const least = Math.min(screen.width / sheet.width, screen.height / sheet.height);
  const scale = Math.min(LARGEST, Math.max(least, view.scale));
  return {
    x: within(view.x, sheet.width, screen.width / scale),
    y: within(view.y, sheet.height, screen.height / scale),
    scale,
  };
}

// Zoom by a factor about a point of the screen: what lies under the pointer stays there.
export function zoomed(view: View, factor: number, at: { x: number; y: number }, sheet: Size, screen: Size): View {
  const scale = held({ ...view, scale: view.scale * factor }, sheet, screen).scale;
  const x = view.x + at.x / view.scale - at.x / scale;
  const y = view.y + at.y / view.scale - at.y / scale;
  return held({ x, y, scale }, sheet, screen);
}

export function moved(view: View, dx: number, dy: number, sheet: Size, screen: Size): View {
  return held({ ...view, x: view.x - dx / view.scale, y: view.y - dy / view.scale }, sheet, screen);
}

// The same place on the sheet of the other reading direction.
export function mirrored(view: View, sheet: Size, screen: Size): View {
  return held({ ...view, x: sheet.width - view.x - screen.width / view.scale }, sheet, screen);
}

// The least move that brings a box of the sheet into the window.
export function showing(view: View, box: DOMRect, sheet: Size, screen: Size): View {
  const margin = 24 / view.scale;
  const room = { width: screen.width / view.scale, height: screen.height / view.scale };
  const x = Math.min(box.x - margin, Math.max(view.x, box.x + box.width + margin - room.width));
  const y = Math.min(box.y - margin, Math.max(view.y, box.y + box.height + margin - room.height));
  return held({ x, y, scale: view.scale }, sheet, screen);
}

function within(at: number, all: number, room: number): number {
  return room >= all ? (all - room) / 2 : Math.min(all - room, Math.max(0, at));
}
