import { renderDuration } from "./describe.ts";
import type { Fact } from "./run-report.ts";
import { renderLine } from "./visible-text.ts";

/** A fact as a label and a line for people: "totalBytes: 25276510208" is "total" and "23.5 GiB", nested keys are joined by "›". */
export function describeFact({ path, value }: Fact): { readonly label: string; readonly line: string } {
  const key = path.at(-1) ?? "";
  const unit = typeof value === "number" ? units.find(({ suffix }) => suffix.test(key)) : undefined;
  const last = unit === undefined ? key : key.replace(unit.suffix, "$1");
  const label = [...path.slice(0, -1), last].map(renderWords).join(" › ");
  if (typeof value === "number") return { label, line: unit?.render(value) ?? renderNumber(value) };
  if (typeof value === "boolean") return { label, line: value ? "yes" : "no" };
  return { label, line: (value === null ? "" : renderLine(value)) || "–" };
}

/** The last letter before a unit stays; "last10Seconds" is no duration, so a digit before it doesn't count. */
const units: readonly { readonly suffix: RegExp; readonly render: (value: number) => string }[] = [
  { suffix: /([a-z])Bytes$/, render: renderBytes },
  { suffix: /([a-z])Milliseconds$/, render: (value) => `${renderNumber(value)} ms` },
  { suffix: /([a-z])Seconds$/, render: (value) => (value < 0 ? `${renderNumber(value)} s` : renderDuration(value)) },
];

function renderBytes(bytes: number): string {
  const names = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
  const power = Math.abs(bytes) < 1 ? 0 : Math.min(names.length - 1, Math.floor(Math.log2(Math.abs(bytes)) / 10));
  return `${Math.round((bytes / 1024 ** power) * 10) / 10} ${names[power]}`;
}

const renderNumber = (value: number): string => String(Math.round(value * 100) / 100);

/** "oneMinute" is "one minute", "last10Seconds" is "last 10 seconds"; what isn't such a word stays as it is. */
const renderWords = (key: string): string =>
  /^[a-z][a-zA-Z0-9]*$/.test(key) ? key.replaceAll(/[a-z](?=[A-Z]|\d+[A-Z])|\d(?=[A-Z])/g, "$& ").toLowerCase() : renderLine(key);
