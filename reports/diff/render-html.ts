import type { RunDiff } from "../../core/contract/report/run-diff.ts";
import { compilePage, safe } from "../html/compile-page.ts";
import { contentPolicy } from "../html/content-policy.ts";
import { templates } from "../html/templates.ts";
import { viewChanges } from "../html/view/view-changes.ts";
import { renderLine } from "../visible-text.ts";
import { verdictLabels } from "./describe-diff.ts";

/** One HTML page that needs nothing else and has no script: its policy allows its own style by hash, and all text is escaped by the template. */
export const renderDiffHtml = (diff: RunDiff): string =>
  compilePage("diff.hbs")({
    policy: contentPolicy({ style: templates["style.css"], scripts: [] }),
    style: safe(templates["style.css"]),
    title: `${verdictLabels[diff.verdict]} · ${renderLine(diff.after.tarball)} · asdic`,
    ...viewChanges(diff),
  });
