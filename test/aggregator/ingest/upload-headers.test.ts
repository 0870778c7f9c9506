import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseUploadHeaders } from "../../../aggregator/ingest/upload-headers.ts";
import { Refusal } from "../../../aggregator/ingest/refusal.ts";

describe("parseUploadHeaders", () => {
  const names = [
    ["attachment;filename=junit_01.xml", "junit_01.xml"],
    ['attachment; filename="with space.txt"', "with space.txt"],
    ['attachment; filename="a \\"quoted\\" name"', 'a "quoted" name'],
    ["attachment; filename=plain; filename*=UTF-8''na%C3%AFve.txt", "naïve.txt"],
    ["", "result"],
  ] as const;
  for (const [disposition, name] of names)
    it(`reads the name ${name} from ${disposition || "no header"}`, () => assert.equal(parseUploadHeaders({ "content-disposition": disposition }).name, name));

  const tricks = [
    ["filename=..", 422],
    ['filename="../x"', 422],
    ['filename="/etc/passwd"', 422],
    ['filename="a\\\\b"', 422],
    ["filename*=UTF-8''..%2Fx", 422],
    ["filename*=UTF-8''%E0", 400],
    [`filename="${"x".repeat(256)}"`, 422],
  ] as const;
  for (const [trick, status] of tricks)
    it(`refuses ${trick.slice(0, 40)}`, () =>
      assert.throws(
        () => parseUploadHeaders({ "content-disposition": `attachment; ${trick}` }),
        (error) => error instanceof Refusal && error.status === status,
      ));

  it("knows archives of plugins", () => assert.equal(parseUploadHeaders({ "content-type": "application/gzip" }).isGzip, true));

  it("knows packed folders, collected results and problems", () => {
    const headers = parseUploadHeaders({
      "content-type": "application/vnd.asdic.packed",
      "x-asdic-folder": "true",
      "x-asdic-collected": "true",
      "x-asdic-problem": "result-missing; no%20such%20file",
      "content-length": "12",
    });
    const { isPacked, isFolder, isGzip, announced, length } = headers;
    assert.deepEqual({ isPacked, isFolder, isGzip, announced, length }, { isPacked: true, isFolder: true, isGzip: false, announced: false, length: 12 });
    assert.deepEqual(headers.problem, { kind: "missing", message: "no such file" });
  });
});
