import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createIdentities } from "../../../core/redaction/identities/identities.ts";
import type { FileTally } from "../../../core/redaction/redaction-report.ts";
import { createRedactor } from "../../../core/redaction/redactor.ts";
import type { Redactor } from "../../../core/redaction/redactor.ts";
import { createFiles, WritingFailure } from "../../../core/snapshot/snapshot-files.ts";
import type { SnapshotFiles } from "../../../core/snapshot/snapshot-files.ts";
import { memoryWriter } from "./memory-writer.ts";

const password = "hunter2-Zq81mmX0";
const object = (name: string, value: string): Buffer =>
  Buffer.from(`{"kind":"Pod", "metadata":{"name":"${name}"},"spec":{"env":[{"name":"DB_PASSWORD","value":"${value}"}],"n":12345678901234567890}}`);

async function* chunks(...parts: readonly string[]): AsyncGenerator<Buffer> {
  for (const part of parts) yield Buffer.from(part);
}

const open = (redactor: Redactor): { readonly files: SnapshotFiles; readonly found: FileTally[]; readonly memory: ReturnType<typeof memoryWriter> } => {
  const memory = memoryWriter();
  const found: FileTally[] = [];
  return { files: createFiles(memory.writer, { redactor, onFile: (file) => void found.push(file) }), found, memory };
};
/** As a rule that has a bug. */
const failing: Redactor = {
  ...createRedactor(),
  scan: () => {
    throw new Error(`no rule for ${password}`);
  },
};

describe("the door to a snapshot's files", () => {
  it("hides what each kind of file holds, and says in which and by which rule", async () => {
    const { files, found, memory } = open(createRedactor());
    await files.put("hosts/a/configz.json", Buffer.from(`{"clientSecret":"${password}"}`));
    await files.put("server/metrics.txt", Buffer.from(`up 1\npassword=${password}\n`));
    await files.put("podlogs/a/b/logs/c.txt", chunks("begins\ntoken is ghp_", "16C7e42F292c6912E7710c838347Ae178B4a\nends\n"));
    await files.put("podlogs/a/b/logs/json.txt", chunks(`{"level":"info","apiKey":"${password}"}\n`, `{"n":1}\n`));
    const text = [...memory.files.values()].join("");
    assert.doesNotMatch(text, /hunter2|16C7e42F/);
    assert.match(text, /begins\n.*REDACTED.*\nends\n/s);
    assert.deepEqual(
      found.map(({ name, tally }) => [name, tally.counts.size > 0]),
      [...memory.files.keys()].map((name) => [name, true]),
    );
  });

  it("leaves the objects of a list that hold nothing to the letter, and writes the others anew without rounding", async () => {
    const { files, found, memory } = open(createRedactor());
    const [plain, secret] = [object("a", "$(FROM_ELSEWHERE)"), object("b", password)];
    assert.equal(files.cleanObject("list.json", plain)?.text, plain);
    const clean = files.cleanObject("list.json", secret);
    await files.putList("list.json", chunks("[", String(clean?.text), "]"));
    assert.match(memory.files.get("list.json") ?? "", /"value":"REDACTED".*12345678901234567890/);
    assert.deepEqual(
      found.map(({ name, tally }) => [name, [...tally.counts]]),
      [["list.json", [["secret-by-name", 1]]]],
    );
  });

  it("leaves out what it can't search, and says so", async () => {
    const { files, found, memory } = open(failing);
    assert.equal(files.cleanObject("list.json", object("a", password)), undefined);
    await files.putList("list.json", Buffer.from("[]"));
    await files.put("podlogs/a/b/logs/c.txt", chunks(`password=${password}\n`));
    await files.put("server/metrics.txt", Buffer.from(`password=${password}\n`));
    assert.doesNotMatch([...memory.files.values()].join(""), /hunter2/);
    assert.match([...memory.files.values()].join(""), /left out, because a rule failed/);
    assert.ok(found.every(({ tally }) => tally.dropped.length === 1));
    const { files: others, found: alike } = open(createRedactor());
    assert.equal(others.cleanObject("list.json", Buffer.from(`{"password":"${password}",}`)), undefined);
    await others.putList("list.json", Buffer.from("[]"));
    assert.deepEqual(alike[0]?.tally.dropped, ["an object in it is no JSON"]);
  });

  it("puts tokens into paths too, where names are to be hidden", async () => {
    const identities = createIdentities("standard", Buffer.alloc(32, 7));
    const { files, memory } = open(createRedactor({ identities, knownNames: ["worker-berlin-3"] }));
    await files.put("hosts/worker-berlin-3/healthz.json", Buffer.from('{"status":200}\n'));
    assert.match([...memory.files.keys()].join(), /^hosts\/host-[0-9a-f]{8}\/healthz\.json$/);
  });

  it("tells a log that breaks off from a file that can't be written", async () => {
    const { files } = open(createRedactor());
    const broken = async function* (): AsyncGenerator<Buffer> {
      yield Buffer.from("begins");
      throw new Error("connection reset");
    };
    await assert.rejects(files.put("podlogs/a/b/logs/c.txt", broken()), /connection reset/);
    const full = createFiles({ put: () => Promise.reject(new Error("disk full")) }, { redactor: createRedactor(), onFile: () => undefined });
    await assert.rejects(full.put("a.txt", Buffer.from("x")), WritingFailure);
    await assert.rejects(full.put("b.txt", chunks("x")), WritingFailure);
  });

  it("passes everything on as it came where nothing is to be hidden", async () => {
    const memory = memoryWriter();
    const files = createFiles(memory.writer);
    const secret = object("b", password);
    assert.equal(files.cleanObject("list.json", secret)?.text, secret);
    await files.put("a.json", Buffer.from(`{"password":"${password}"}`));
    assert.match(memory.files.get("a.json") ?? "", /hunter2/);
  });
});
