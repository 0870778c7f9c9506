import { resolve } from "node:path";
import type { ExitCode } from "../../core/contract/known-error.ts";
import { quoteName } from "../../core/archive/safe-name.ts";
import { createIdentities } from "../../core/redaction/identities/identities.ts";
import { buildRedactionReport } from "../../core/redaction/redaction-report.ts";
import type { FileTally, RedactionReport, Verified } from "../../core/redaction/redaction-report.ts";
import { addDefinitions, createRedactor } from "../../core/redaction/redactor.ts";
import type { CommandContext } from "../command-context.ts";
import { previewEntries } from "./preview-entries.ts";
import { checkTarget } from "./check-target.ts";
import { findKnownNames } from "./find-known-names.ts";
import { readEntries } from "./read-entries.ts";
import { readUserRules } from "./read-user-rules.ts";
import { openKey } from "./open-key.ts";
import { findSourceKind } from "./source-kind.ts";
import { redactedName } from "./redacted-name.ts";
import { renderReport } from "./render-report.ts";
import { writeRedacted } from "./write-redacted.ts";

type Flags = {
  readonly output?: string | undefined;
  readonly rules?: string | undefined;
  readonly privacy: "off" | "standard" | "high";
  readonly preview?: true | undefined;
  readonly json?: true | undefined;
};

/** Redacts what is at `path` and prints what was found, or with `preview` only shows it; 1 if something was left out whole or a secret is still there. */
export async function redactPath(context: CommandContext, path: string, flags: Flags): Promise<ExitCode> {
  const { cwd, output } = context;
  const userRules = flags.rules === undefined ? undefined : await readUserRules(flags.rules, cwd);
  const source = resolve(cwd, path);
  const kind = await findSourceKind(source, path);
  const target = flags.output === undefined ? redactedName(source, kind) : resolve(cwd, flags.output);
  const isPreview = flags.preview === true;
  if (!isPreview) await checkTarget(source, target, flags.output ?? target);
  const key = flags.privacy === "off" ? undefined : await openKey(context, { path: `${target}.key`, isPreview });
  const identities = flags.privacy === "off" || key === undefined ? undefined : createIdentities(flags.privacy, key.bytes);
  const read = (onSkipped: (name: string, why: string) => void) => readEntries(source, { kind, shown: path, onSkipped });
  const known = kind === "file" ? { names: [], definitions: [] } : await findKnownNames(read(() => undefined));
  const redactor = addDefinitions(createRedactor({ userRules, identities, knownNames: known.names }), known.definitions);
  const tallies: FileTally[] = [];
  const build = (verified?: Verified): RedactionReport => ({
    ...buildRedactionReport(tallies, { privacy: flags.privacy, userRules: userRules?.ids.length ?? 0 }),
    verified,
  });
  const entries = read((name, why) => output.err(`${quoteName(name)} is left out: it ${why}.\n`));
  if (isPreview) await previewEntries(context, { entries, redactor, tallies });
  const report = isPreview ? build() : await writeRedacted({ signal: context.signal, target, kind, entries, redactor, tallies, report: build });
  if (!isPreview && identities?.isUsed() === true) await key?.keep();
  output.out(
    flags.json === true ? `${JSON.stringify(report, null, 2)}\n` : renderReport(report, { files: tallies.length, target: isPreview ? undefined : target }),
  );
  return report.dropped.length > 0 || (report.verified?.leaks.length ?? 0) > 0 ? 1 : 0;
}
