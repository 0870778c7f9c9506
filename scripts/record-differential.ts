import { writeFile } from "node:fs/promises";
import { runAudited } from "../test/embedded/differential/record/run-audited.ts";
// Interrupted, it still gives the lab's API server its own settings back.
for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, () => undefined);
await writeFile(process.argv[2] ?? "/tmp/diff-audit.log", (await runAudited()).join("\n"));
