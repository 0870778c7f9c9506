import { openControl } from "./preload/open-control.ts";
import { patchConnect } from "./preload/patch-connect.ts";
import { patchFiles } from "./preload/patch-files.ts";
import { patchListen } from "./preload/patch-listen.ts";
import { patchLookup } from "./preload/patch-lookup.ts";
import type { PreloadSettings } from "./preload/settings.ts";

/**
 * The text of a CommonJS module that Node loads before a container's own program (--require), so that the program talks to the pod network without knowing.
 * It is made from the texts of functions, which therefore refer to nothing outside themselves: no build step, no file that would have to lie beside a bundle.
 */
export const renderPreload = (settings: PreloadSettings): string =>
  `"use strict";
const settings = ${JSON.stringify(settings)};
${settings.paths === undefined ? "" : `(${String(patchFiles)})(settings.paths, settings.hostname);`}
const control = (${String(openControl)})(settings);
(${String(patchLookup)})(settings, control);
(${String(patchConnect)})(settings, control);
(${String(patchListen)})(settings, control);
process.getBuiltinModule("node:module").syncBuiltinESMExports();
`;
