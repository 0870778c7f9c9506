import type { RunDiff } from "../../core/contract/report/run-diff.ts";
import { escapeJson } from "../json/escape-json.ts";

/** A comparison as JSON with a `schemaVersion`, two spaces deep; controls and directions are escaped, so that it may be shown in a terminal. */
export const renderDiffJson = (diff: RunDiff): string => `${escapeJson(JSON.stringify(diff, undefined, 2))}\n`;
