import { find } from "./element.ts";
import type { Navigation } from "./navigation.ts";
import type { PageState, Theme } from "./page-state.ts";

/** The button that turns light into dark and back; without a choice the page is as the system is. */
export function createThemeSwitch(navigation: Navigation): { readonly show: (state: PageState) => void } {
  const button = find("theme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const current = (): Theme => navigation.state().theme ?? (system.matches ? "dark" : "light");
  button.addEventListener("click", () => navigation.go({ theme: current() === "dark" ? "light" : "dark" }, "replace"));
  system.addEventListener("change", () => show(navigation.state()));
  const show = ({ theme }: PageState): void => {
    const { dataset } = document.documentElement;
    if (theme === undefined) delete dataset["theme"];
    else dataset["theme"] = theme;
    button.setAttribute("aria-label", `Theme: ${current()}. Switch to ${current() === "dark" ? "light" : "dark"}`);
  };
  return { show };
}
