// The whole state of the page is its address.
export function cardOf(href: string): string | null {
  const found = /^\/maps\/[^/]+\/cards\/(.+)$/.exec(new URL(href, location.href).pathname);
  return found ? decodeURIComponent(found[1]) : null;
}

export function asked(): string | null {
  return new URLSearchParams(location.search).get("card");
}

// A link of the frame, made before the address changed, with what the address says now and it does not.
export function withState(link: HTMLAnchorElement): void {
  const url = new URL(link.href);
  for (const [name, value] of new URLSearchParams(location.search)) {
    if (name === "lang" || !url.searchParams.has(name)) url.searchParams.set(name, value);
  }
  url.hash = location.hash;
  link.href = url.href;
}

export function address(changes: Record<string, string | null>): string {
  const url = new URL(location.href);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  return url.pathname + url.search + url.hash;
}
