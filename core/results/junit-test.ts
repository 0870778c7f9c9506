import type { ResultItem } from "../contract/result-item.ts";
import type { JunitFrame } from "./junit-tree.ts";
import { cutText } from "./kept-text.ts";

/**
 * A test from its element: skipped if it says so, else failed if there is a failure or an error, else passed (Sonobuoy's order); unknown when it is
 * cut and has not failed. Details keep class name, duration in seconds, reason, texts, and the failure's type.
 */
export function buildJunitTest({ attributes, isSkipped, isFailed, texts, types, position }: JunitFrame, state: "whole" | "cut"): ResultItem {
  const { name = "", classname = "", time = "" } = attributes;
  const details: { [key: string]: unknown } = {};
  if (classname !== "") details["classname"] = cutText(classname, 1000);
  const duration = parseSeconds(time);
  if (duration !== undefined) details["duration"] = duration;
  for (const [key, text] of texts ?? []) {
    const rendered = key.startsWith("system-") ? text.render() : text.render().trim();
    if (rendered !== "") details[key] = rendered;
  }
  for (const [key, type] of types ?? []) if (key !== "skipped") details[`${key}-type`] = type;
  const whole = isSkipped ? "skipped" : isFailed ? "failed" : "passed";
  return {
    name: cutText(name === "" ? classname : name, 4096) || `testcase-${String(position).padStart(3, "0")}`,
    status: state === "cut" && whole === "passed" ? "unknown" : whole,
    ...(Object.keys(details).length === 0 ? {} : { details }),
  };
}

/** Some writers put commas between the thousands. */
function parseSeconds(time: string): number | undefined {
  const seconds = time.trim() === "" ? Number.NaN : Number(time.includes(",") && grouped.test(time) ? time.replaceAll(",", "") : time);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}

const grouped = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
