import { count, describeFacts } from "../../describe.ts";
import type { RunReport } from "../../run-report.ts";
import { renderLine } from "../../visible-text.ts";

/** Where the report comes from: the run, the tarball, what was hidden in it, and the plugins with their images. */
export function viewRun(report: RunReport): object {
  const { provenance, redaction } = report;
  const hidden = Object.entries(redaction.totals).toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return {
    facts: describeFacts(report).map(([label, line]) => ({ label, line, isTime: label === "Started" || label === "Finished" })),
    origin: pairs([
      ["Command", provenance.command],
      ["Cluster", provenance.clusterId],
      ["Layout of the tarball", provenance.layoutVersion],
      ["Size of the tarball", provenance.tarballBytes === undefined ? undefined : `${provenance.tarballBytes} bytes`],
      ["SHA-256 of the tarball", provenance.tarballSha256],
    ]),
    images: provenance.plugins.map(({ name, image = "–" }) => ({ name: renderLine(name), image: renderLine(image) })),
    redaction: describeRedaction(redaction),
    hidden: hidden.map(([rule, number]) => ({ rule: renderLine(rule), number })),
  };
}

/** Whether what is shown may hold secrets, in a sentence. */
export function describeRedaction({ state, privacy, totals, dropped, kept }: RunReport["redaction"]): string {
  if (state === "none") return "The tarball does not say whether secrets were taken out of it: treat it as if it held some.";
  if (state === "off") return "Redaction was switched off: the tarball and this page may hold secrets.";
  const total = Object.values(totals).reduce((sum, number) => sum + number, 0);
  const also = [
    dropped === 0 ? "" : `${count(dropped, "file")} could not be redacted and ${dropped === 1 ? "was" : "were"} left out`,
    kept === 0 ? "" : `${count(kept, "file")} ${kept === 1 ? "was" : "were"} kept to the letter`,
  ];
  const names = privacy === undefined || privacy === "off" ? "" : ` (names of the cluster: privacy ${privacy})`;
  const found = total === 0 ? `Redaction was on and found nothing to hide${names}` : `Secrets were hidden in ${count(total, "place")}${names}`;
  return `${[found, ...also.filter((part) => part !== "")].join("; ")}.`;
}

const pairs = (all: readonly (readonly [string, string | undefined])[]): readonly object[] =>
  all.flatMap(([label, line]) => (line === undefined ? [] : [{ label, line: renderLine(line) }]));
