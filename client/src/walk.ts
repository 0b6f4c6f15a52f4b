// On a phone one step is shown at a time; the way through the steps says which.
export function followSteps(): void {
  const follow = () => {
    for (const link of document.querySelectorAll<HTMLAnchorElement>(".walk a")) {
      const here = link.hash !== "" && decodeURIComponent(link.hash) === decodeURIComponent(location.hash);
      if (here) link.setAttribute("aria-current", "step");
      else link.removeAttribute("aria-current");
      if (here) link.scrollIntoView({ block: "nearest", inline: "center" });
    }
  };
  window.addEventListener("hashchange", follow);
  if (location.hash) follow();
}
