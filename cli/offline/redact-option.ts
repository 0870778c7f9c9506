import { Option } from "@commander-js/extra-typings";
import type { BarePlace } from "../../reports/read-tarball.ts";

/** For commands that show what is in a tarball; what asdic has written is redacted already, or was not to be. */
export const noRedactOption = (): Option<"--no-redact", undefined, true> =>
  new Option("--no-redact", "show what a tarball holds in which no secrets were hidden, as Sonobuoy's, with its secrets");

/** How a tarball is to be read: without its secrets unless somebody has typed --no-redact. */
export const placeOf = <Place extends BarePlace>(place: Place, { redact }: { readonly redact: boolean }): Place | { readonly asItIs: Place } =>
  redact ? place : { asItIs: place };
