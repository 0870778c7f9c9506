import { Option } from "commander";
import { KnownError } from "../../../core/contract/known-error.ts";
import type { Privacy } from "../../../core/contract/privacy-levels.ts";
import type { Attempt } from "../problems.ts";
import { choiceOption, optionGroup } from "./option-group.ts";
import { parseChoice } from "./values.ts";

/** Flags about what is hidden before anything leaves the place where it was read. */
export type RedactionFlags = {
  /** False where --no-redact was typed. */
  readonly redact?: boolean | undefined;
  readonly privacy?: string | undefined;
  readonly redactionRules?: string | undefined;
};

/** Who wants no tokens leaves the flag out: in a config file "off" is YAML for false. */
const tokenLevels = ["standard", "high"] as const;

/** Options about what is hidden before anything leaves the place where it was read. */
export const redactionOptions = optionGroup("Redaction", [
  new Option("--no-redact", "hide nothing: passwords, tokens and keys stay in the tarball, and every report says so"),
  choiceOption(
    "--privacy <level>",
    "put tokens in place of names too. standard: of addresses, nodes and accounts; high: also of namespaces and people",
    tokenLevels,
  ),
  new Option("--redaction-rules <file>", "rules of your own in YAML, beside the built-in ones: see `asdic redact test --help`"),
]);

/** What is to be hidden; `rulesFile` is a path that has not been looked at. */
export type RedactionRequest = false | { readonly privacy: Privacy; readonly rulesFile?: string };

/** What the flags say of redaction, which is on unless somebody says otherwise; `attempt` gets what can't be. */
export function parseRedaction(flags: RedactionFlags, attempt: Attempt): RedactionRequest {
  const { redact = true, privacy, redactionRules } = flags;
  const level = privacy === undefined ? "off" : (attempt(() => parseChoice("--privacy", privacy, tokenLevels)) ?? "off");
  if (redact) return { privacy: level, ...(redactionRules !== undefined && { rulesFile: redactionRules }) };
  attempt(() => refuseBeside(flags));
  return false;
}

/** What a person must know who has said --no-redact. */
export const nothingHidden = "--no-redact: the tarball will hold what plugins, objects and logs say as it is, with passwords, tokens and keys.";

function refuseBeside({ privacy, redactionRules }: RedactionFlags): void {
  const beside = [...(privacy === undefined ? [] : ["--privacy"]), ...(redactionRules === undefined ? [] : ["--redaction-rules"])];
  if (beside.length === 0) return;
  throw new KnownError("wrong-usage", `--no-redact: nothing is hidden then, and ${beside.join(" and ")} would mean nothing.`, {
    hint: `Leave out --no-redact, or ${beside.join(" and ")}.`,
  });
}
