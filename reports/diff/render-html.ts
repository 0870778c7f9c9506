import type { RunDiff } from "../../core/contract/report/run-diff.ts";

/** Stub. */
export const renderDiffHtml = (diff: RunDiff): string => String(diff.verdict);
