import { parseHash } from "./page-state.ts";

/** Runs before the page is painted: says that there is a script, which view is asked for and in which theme, so that nothing jumps. */
const { view, theme } = parseHash(location.hash);
const { classList, dataset } = document.documentElement;
classList.add("js");
dataset["view"] = view;
if (theme !== undefined) dataset["theme"] = theme;
