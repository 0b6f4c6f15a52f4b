// The map in its other language, without leaving the page: its words are fetched and put in the place of the old ones.
const PARTS = [".bar", ".pains", ".steps", ".twin"];

export async function turn(href: string, sheet: HTMLElement): Promise<void> {
  const answer = await fetch(href, { headers: { accept: "text/html" } });
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const drawn = page.getElementById("sheet");
  if (!drawn) throw new Error("no sheet");
  sheet.replaceChildren(...[...drawn.childNodes].map((node) => document.adoptNode(node)));
  sheet.lang = drawn.lang;
  document.title = page.title;
  for (const part of PARTS) {
    const [old, fresh] = [document.querySelector(part), page.querySelector(part)];
    if (old && fresh) old.replaceWith(document.adoptNode(fresh));
  }
}
