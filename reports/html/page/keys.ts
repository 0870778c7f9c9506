import { find } from "./element.ts";
import type { FindingsView } from "./findings-view.ts";
import type { Navigation } from "./navigation.ts";
import { views, type View } from "./page-state.ts";

/** The page's keys; they are shown by `?`, and none of them works while something is typed. */
export function listenToKeys({ navigation, findings }: { readonly navigation: Navigation; readonly findings: FindingsView }): void {
  const help = find("keys");
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target instanceof HTMLElement && event.target.matches("input, select, textarea");
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && event.target instanceof HTMLElement && isTyping) return event.target.blur();
    if (isTyping || (help instanceof HTMLDialogElement && help.open)) return;
    const done = press(event.key);
    if (done) event.preventDefault();
  });
  find("show-keys").addEventListener("click", () => openHelp(help));
  find("close-keys").addEventListener("click", () => help instanceof HTMLDialogElement && help.close());

  const press = (key: string): boolean => {
    const view = linkedViews()[Number(key) - 1];
    const isInList = navigation.state().view === "findings";
    if (key === "/") {
      if (!isInList) navigation.go({ view: "findings" });
      findings.search();
    } else if (key === "?") openHelp(help);
    else if (view !== undefined) navigation.go({ view, open: undefined });
    else if (isInList && (key === "j" || (key === "ArrowDown" && isOnRow()))) findings.step(1);
    else if (isInList && (key === "k" || (key === "ArrowUp" && isOnRow()))) findings.step(-1);
    else if (key === "Escape" && navigation.state().open !== undefined) navigation.go({ open: undefined });
    else return false;
    return true;
  };
}

const isOnRow = (): boolean => document.activeElement?.matches("#finding-list .row") ?? false;

function openHelp(help: HTMLElement): void {
  if (help instanceof HTMLDialogElement) help.showModal();
}

/** What the bar at the top links to: a comparison only where there is one. */
const linkedViews = (): readonly View[] => views.filter((view) => document.querySelector(`nav [data-view="${view}"]`) !== null);
