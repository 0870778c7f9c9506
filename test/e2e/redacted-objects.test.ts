import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { parseAllDocuments } from "yaml";
import { redactFile } from "../../core/redaction/files/redact-file.ts";
import { createIdentities } from "../../core/redaction/identities/identities.ts";
import { createRedactor } from "../../core/redaction/redactor.ts";
import { createTally } from "../../core/redaction/tally.ts";
import { kubectl, needsKernel } from "./asdic.ts";

const objects = join(import.meta.dirname, "objects");
const folder = await mkdtemp(join(tmpdir(), "asdic-redacted-"));
const definition = "customresourcedefinition/doors.redaction.asdic.test";
const documents = async (file: string): Promise<readonly string[]> =>
  (await readFile(join(objects, file), "utf8")).split(/^---\n/m).filter((text) => text.trim() !== "");

/** Whether the API server would take an object; throws with what it says. */
async function offer(text: string): Promise<void> {
  const path = join(folder, "object.yaml");
  await writeFile(path, text);
  await kubectl("apply", "--dry-run=server", "--validate=strict", "-f", path);
}

async function redact(text: string, privacy: "off" | "standard" | "high", name = "object.yaml"): Promise<string> {
  const redactor = createRedactor(privacy === "off" ? {} : { identities: createIdentities(privacy, Buffer.alloc(32, 3)) });
  const tally = createTally();
  const bytes = await redactFile(redactor, { name, content: Buffer.from(text) }, tally);
  assert.deepEqual(tally.dropped, []);
  return bytes.toString();
}

describe("redacted objects", needsKernel("it validates no objects as a real API server does"), () => {
  before(async () => {
    const all = await documents("redacted.yaml");
    const path = join(folder, "definition.yaml");
    await writeFile(path, all.at(-1) ?? "");
    await kubectl("apply", "-f", path);
    await kubectl("wait", "--for=condition=Established", definition, "--timeout=30s");
    // Discovery follows a moment later.
    for (let left = 120; left > 0 && !(await kubectl("api-resources", "--api-group=redaction.asdic.test", "-o", "name")).includes("doors"); left--)
      await sleep(500);
  });
  after(async () => {
    await kubectl("delete", definition, "--ignore-not-found", "--wait=false");
    await rm(folder, { recursive: true, force: true });
  });

  for (const privacy of ["off", "standard", "high"] as const)
    test(`are taken by the API server as the originals were, with privacy ${privacy}`, async () => {
      const refused: string[] = [];
      for (const text of [...(await documents("redacted.yaml")), ...(await documents("redacted-door.yaml"))]) {
        await offer(text);
        const json = JSON.stringify(parseAllDocuments(text)[0]?.toJS());
        for (const clean of [await redact(text, privacy), await redact(json, privacy, "object.json")]) {
          assert.doesNotMatch(clean, /-(?:pw|tok|key)-1|sesame|b3ctMQ/);
          await offer(clean).catch((error: unknown) => refused.push(`${String(error)}\n${clean}`));
        }
      }
      assert.deepEqual(refused, []);
    });
});
