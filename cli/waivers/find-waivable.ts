import { KnownError } from "../../core/contract/known-error.ts";
import { nearestName } from "../../core/contract/nearest-name.ts";
import type { Finding } from "../../core/contract/report/finding.ts";
import type { RunReport } from "../../reports/run-report.ts";

/** The findings that a fingerprint or an id names, at least one; KnownError "wrong-usage" saying what there is. */
export function findWaivable({ findings, tarball }: Pick<RunReport, "findings" | "tarball">, name: string): readonly Finding[] {
  const found = findings.filter((finding) => (isFingerprint(name) ? finding.fingerprint === name : finding.id === name));
  if (found.length > 0) return found;
  const nearest = nearestName(
    name,
    findings.map(({ id, fingerprint }) => (isFingerprint(name) ? fingerprint : id)),
  );
  const advice = nearest === undefined ? "" : `Did you mean ${JSON.stringify(nearest)}? `;
  throw new KnownError("wrong-usage", `${tarball}: no finding in it has the ${isFingerprint(name) ? "fingerprint" : "id"} ${JSON.stringify(name)}.`, {
    hint:
      findings.length === 0
        ? "There are no findings in it, so there is nothing to waive."
        : `${advice}\`asdic results ${tarball}\` shows them, and \`asdic report --format json\` has each with id and fingerprint.`,
  });
}

/** Ids have a colon or letters beyond f; 16 hexadecimal digits are a fingerprint. */
export const isFingerprint = (name: string): boolean => /^[0-9a-f]{16}$/.test(name);
