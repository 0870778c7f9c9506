import type { Output } from "../terminal/output.ts";
import { renderSafeLines } from "../terminal/safe-text.ts";

/** Prints text that came from a tarball: to a terminal with its controls made visible, to a file or pipe as it is. */
export function printUntrusted(output: Output, text: string): void {
  output.out(output.isTerminal ? renderSafeLines(text) : text);
}
