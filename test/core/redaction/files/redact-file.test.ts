import assert from "node:assert/strict";
import { test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { readArchive } from "../../../../core/archive/read-archive.ts";
import { readZip } from "../../../../core/redaction/files/read-zip.ts";
import { renderZip } from "../../../../core/redaction/files/render-zip.ts";
import { makeTarGz } from "../../archive/tar.ts";
import { redact } from "../redact.ts";

const log = "user=bob password=hunter2\n";
const clean = "user=bob password=REDACTED\n";

test("archives are opened, inside of each other too, and packed again", async () => {
  const tar = gunzipSync(
    await makeTarGz([
      { name: "a/app.log", content: log },
      { name: "b.txt", content: "x" },
    ]),
  );
  const zip = renderZip([
    { name: "logs.tar.gz", content: gzipSync(tar) },
    { name: "plain.log", content: Buffer.from(log) },
  ]);
  const { bytes, tally } = await redact("all.zip", zip);
  const [inner, plain] = [...readZip(bytes, 1e6)];
  assert.equal(plain?.content.toString(), clean);
  const files: string[] = [];
  for await (const { name, body } of readArchive(Readable.from([inner?.content], { objectMode: false })))
    files.push(`${name} ${(await buffer(body)).toString()}`);
  assert.deepEqual(files, [`a/app.log ${clean}`, "b.txt x"]);
  assert.deepEqual([...tally.counts], [["secret-by-name", 2]]);
});

test("an archive without secrets stays as it is, to the byte", async () => {
  const packed = gzipSync("nothing to see\n");
  assert.equal((await redact("a.log.gz", packed)).bytes.equals(packed), true);
});

const bomb = gzipSync(Buffer.alloc(300 * 1024 * 1024));
const nest = (content: Buffer, times: number): Buffer => (times === 0 ? content : nest(gzipSync(content), times - 1));
const cases: readonly (readonly [string, string, Buffer])[] = [
  ["JSON that is none", "a.json", Buffer.from('{"password": "hunter2"')],
  ["YAML that is none", "a.yaml", Buffer.from("a: [1\nb: {{ x }}\npassword: hunter2")],
  ["a damaged gzip", "a.log.gz", gzipSync(log).subarray(0, 20)],
  ["a gzip made to fill memory", "a.gz", bomb],
  ["a damaged tar", "a.tar", gunzipSync(await makeTarGz([{ name: "a", content: log }])).subarray(0, 515)],
  ["a damaged zip", "a.zip", renderZip([{ name: "a", content: Buffer.from(log) }]).subarray(0, 40)],
  ["archives in archives without end", "a.gz", nest(Buffer.from(log), 8)],
];
for (const [what, name, content] of cases)
  test(`${what} is left out, with a placeholder and an entry that says why`, async () => {
    const { bytes, tally } = await redact(name, content);
    const text = what.startsWith("archives") ? "" : bytes.toString();
    assert.equal(tally.dropped.length, 1);
    assert.ok(!text.includes("hunter2"));
    if (text !== "") assert.match(text, /left this file out, because/);
  });

test("a zip that says a wrong size is not believed", () => {
  const zip = renderZip([{ name: "a", content: Buffer.alloc(5_000_000) }]);
  assert.throws(() => [...readZip(zip, 1000)], /unpacks to too much/);
});

test("UTF-16 text is redacted in its own encoding, with either order of bytes", async () => {
  const little = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(log, "utf16le")]);
  const { bytes } = await redact("a.log", little);
  assert.equal(bytes.subarray(2).toString("utf16le"), clean);
  const big = Buffer.from(little).swap16();
  assert.equal(
    Buffer.from((await redact("a.log", big)).bytes)
      .swap16()
      .subarray(2)
      .toString("utf16le"),
    clean,
  );
});

test("an empty file, and one of JSON per line, are fine", async () => {
  assert.equal((await redact("a.json", "")).tally.dropped.length, 0);
  assert.equal((await redact("a.json", '{"password":"x1"}\n{"a":1}\n')).text, '{"password":"REDACTED"}\n{"a":1}\n');
});
