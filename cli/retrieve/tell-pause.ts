import type { KnownError } from "../../core/contract/known-error.ts";
import type { Output } from "../terminal/output.ts";
import { renderSafeText } from "../terminal/safe-text.ts";

/** Says that an aggregator is asked again for a while, and why. */
export const tellPause =
  (output: Output) =>
  ({ message }: KnownError): void =>
    output.err(`note: ${renderSafeText(message)} It is asked again for up to a minute.\n`);
