import type { Looks, OpenedPage } from "./open-browser.ts";

/** What the tests of the page are given: reports by name, opened in a page of their own in the one browser; `close` what is opened. */
export type Stage = {
  readonly open: (name: "demo" | "empty" | "passed" | "failed" | "suite" | "many", hash?: string, looks?: Looks) => Promise<OpenedPage>;
  readonly openWithoutScripts: (name: "demo") => Promise<OpenedPage>;
  readonly openText: (text: string, hash?: string) => Promise<OpenedPage>;
};
