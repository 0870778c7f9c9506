import { KnownError } from "../../core/contract/known-error.ts";
import { nearestName } from "../../core/contract/nearest-name.ts";
import { waiverFileSchema, type Waiver } from "../../core/contract/report/waiver-file.ts";
import { readMapping, type Mapping } from "../read-mapping.ts";
import { readTextFile } from "../read-text-file.ts";

/** The waivers of a file, in its order; KnownError "invalid-file" with a line for each thing that is wrong: `file:line:column: what`. */
export async function readWaivers(path: string, cwd: string): Promise<readonly Waiver[]> {
  const text = await readTextFile({ path, cwd, where: `--waivers ${path}`, mostBytes: 4 * 1024 ** 2, hint });
  return parseWaivers(text, path);
}

/** The same of a text; `source` is what the errors call it. */
export function parseWaivers(text: string, source: string): readonly Waiver[] {
  const mapping = readMapping(text, source);
  if ("problems" in mapping) throw refuse(mapping.problems);
  const parsed = waiverFileSchema.safeParse(mapping.value, { reportInput: true });
  if (parsed.success) return parsed.data.waivers;
  throw refuse(parsed.error.issues.flatMap((issue) => describeIssue(issue, mapping)));
}

type Issue = NonNullable<ReturnType<typeof waiverFileSchema.safeParse>["error"]>["issues"][number];

function describeIssue(issue: Issue, { at }: Mapping): readonly string[] {
  const path = issue.path.map((step) => (typeof step === "number" ? step : String(step)));
  if (issue.code !== "unrecognized_keys") return [at(path, `${nameOf(path)} ${isMissing(issue) ? "is missing" : issue.message}`)];
  return issue.keys.map((key) => {
    const nearest = nearestName(key, keys);
    return at([...path, key], `${key} is no key of a waiver file${nearest === undefined ? "" : `; did you mean ${nearest}?`}`);
  });
}

const isMissing = (issue: Issue): boolean => issue.code === "invalid_type" && issue.input === undefined;

const nameOf = (path: readonly (string | number)[]): string => {
  const last = path.at(-1);
  return last === undefined ? "the file" : typeof last === "number" ? `waiver ${last + 1}` : last;
};

const keys = ["waivers", "id", "fingerprint", "object", "reason", "owner", "expires", "kind", "namespace", "name", "node", "plugin"];

const refuse = (problems: readonly string[]): KnownError =>
  new KnownError("invalid-file", problems.map((problem) => (/[.?]$/.test(problem) ? problem : `${problem}.`)).join("\n"), { hint });

const hint = "`asdic waive --help` shows what a file of waivers looks like, and `asdic waive` writes one.";
