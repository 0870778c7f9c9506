import { parseUserRules } from "../../core/redaction/user-rules/parse-user-rules.ts";
import type { UserRules } from "../../core/redaction/user-rules/user-rules.ts";
import { readTextFile } from "../read-text-file.ts";

/** The rules of a file; KnownError "invalid-file" with each problem's line. */
export async function readUserRules(path: string, cwd: string): Promise<UserRules> {
  const text = await readTextFile({
    path,
    cwd,
    where: `--rules ${path}`,
    mostBytes: 1024 * 1024,
    hint: "`asdic redact test --help` shows what a file of rules looks like.",
  });
  return parseUserRules(text, path);
}
