import type { RunReport } from "../../run-report.ts";
import { find } from "./element.ts";

/** The report that lies in the page as data; made by the same program as this script, which has checked it. */
export function parseReport(): RunReport {
  return JSON.parse(find("report").textContent) as RunReport;
}
