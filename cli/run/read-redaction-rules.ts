import { parseUserRules } from "../../core/redaction/user-rules/parse-user-rules.ts";
import { readTextFile } from "../read-text-file.ts";

/** The text of a file of rules that was found to be right; KnownError "invalid-file" with each problem's line. */
export async function readRedactionRules(path: string, cwd: string): Promise<string> {
  const text = await readTextFile({
    path,
    cwd,
    where: `--redaction-rules ${path}`,
    mostBytes,
    hint: "`asdic redact test --help` shows what a file of rules looks like.",
  });
  parseUserRules(text, path);
  return text;
}

/** The run's ConfigMap holds them, and every worker that needs them gets them. */
const mostBytes = 128 * 1024;
