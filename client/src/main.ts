// The browser's part of the map page: zoom, pan, keys, the card panel, the language without losing the place.
// Everything it does has a plain link beneath it that works without it.
import { mount } from "svelte";
import Workspace from "./Workspace.svelte";
import { followSteps } from "./walk";
import { isLanguage } from "./words";

const root = document.getElementById("workspace");
const sheet = document.getElementById("sheet");
if (root && sheet) {
  const { id = "", lang, ui } = root.dataset;
  root.classList.add("live");
  followSteps();
  mount(Workspace, {
    target: root,
    props: { map: id, sheet, language: isLanguage(lang) ? lang : "en", ui: isLanguage(ui) ? ui : "en" },
  });
}
