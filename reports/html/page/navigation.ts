import { parseHash, renderHash, type PageState } from "./page-state.ts";

/** Where the reader is; every move is an address that can be kept, shared and gone back to. */
export type Navigation = {
  readonly state: () => PageState;
  /** "replace" leaves no entry in the history: for what is being typed. */
  readonly go: (change: Change, how?: "push" | "replace") => void;
};
type Change = { readonly [Key in keyof PageState]?: PageState[Key] | undefined };

/** Reads the address, follows it, and calls `show` with each state and the one before; the first call comes at once. */
export function createNavigation(show: (state: PageState, before: PageState | undefined) => void): Navigation {
  let state = parseHash(location.hash);
  const enter = (next: PageState): void => {
    const before = state;
    state = next;
    show(state, before);
  };
  addEventListener("popstate", () => enter(parseHash(location.hash)));
  queueMicrotask(() => show(state, undefined));
  return {
    state: () => state,
    go(change, how = "push") {
      const next = without({ ...state, ...change });
      const hash = renderHash(next);
      if (hash !== location.hash) history[how === "push" ? "pushState" : "replaceState"](undefined, "", hash);
      enter(next);
    },
  };
}

/** A key that was set to undefined is not there. */
function without({ view = "overview", query = "", group = "none", open, theme }: Change): PageState {
  return { view, query, group, ...(open === undefined ? {} : { open }), ...(theme === undefined ? {} : { theme }) };
}
