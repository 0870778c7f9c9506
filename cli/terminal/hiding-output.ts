import type { HideText } from "./hide-text.ts";
import type { Output } from "./output.ts";
import { passOutput } from "./pass-output.ts";

/** Where a command prints, and how it comes to print no secrets. */
export type HidingOutput = {
  readonly output: Output;
  /** From now on everything goes without its secrets but what is printed to `output.open`. */
  readonly startHiding: () => Promise<void>;
};

/** An output that hides nothing until it is told to, because the rules take a moment to load and most commands show nothing of a cluster. */
export function createHidingOutput(open: Output): HidingOutput {
  let hide: HideText = (text) => text;
  let loading: Promise<void> | undefined;
  const load = async (): Promise<void> => {
    const { createHideText } = await import("./hide-text.ts");
    hide = createHideText();
  };
  return {
    startHiding: () => (loading ??= load()),
    output: Object.assign(passOutput(open, { out: (text) => open.out(hide(text)), err: (text) => open.err(hide(text)) }), { open }),
  };
}
