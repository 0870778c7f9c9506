import { KnownError } from "../../core/contract/known-error.ts";
import { waiverFileSchema, type ObjectSelector, type Waiver } from "../../core/contract/report/waiver-file.ts";
import { isFingerprint } from "./find-waivable.ts";

export type WaiverFlags = {
  /** Fingerprint or id. */
  readonly name: string;
  readonly reason: string;
  readonly owner: string;
  readonly expires: string;
  readonly selector: { readonly [K in keyof ObjectSelector]?: string | undefined };
  /** Of today, as 2026-01-31 in UTC. */
  readonly today: string;
};

/** The waiver that was typed; KnownError "wrong-usage" with a line for each flag that can't be. */
export function parseWaiver({ name, reason, owner, expires, selector, today }: WaiverFlags): Waiver {
  const object = Object.fromEntries(Object.entries(selector).filter(([, glob]) => glob !== undefined));
  const typed = { ...(isFingerprint(name) ? { fingerprint: name } : { id: name }), ...(Object.keys(object).length > 0 && { object }), reason, owner, expires };
  const parsed = waiverFileSchema.safeParse({ waivers: [typed] });
  const waiver = parsed.data?.waivers[0];
  const problems = (parsed.error?.issues ?? []).map(({ path, message }) => `${flagOf(String(path.at(-1) ?? ""))}: ${message}.`);
  if (waiver !== undefined && waiver.expires < today) problems.push(`--expires: ${waiver.expires} is over already, so it would waive nothing.`);
  if (waiver !== undefined && problems.length === 0) return waiver;
  throw new KnownError("wrong-usage", problems.join("\n"), {
    hint: "A waiver says who accepts what, why, and until when; `asdic waive --help` has an example.",
  });
}

const flagOf = (key: string): string => (key === "id" || key === "fingerprint" ? key : `--${key}`);
