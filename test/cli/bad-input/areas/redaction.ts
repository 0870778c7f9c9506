import { gzipSync } from "node:zlib";
import { makeTarGz } from "../../../core/archive/tar.ts";
import type { Area } from "../bad-case.ts";

const whole = await makeTarGz([{ name: "plugins/a/results/global/a.txt", content: "a".repeat(2000) }]);

/** `asdic redact`: what is to be redacted, where to, and rules of one's own. */
export const redaction: Area = {
  name: "redaction",
  files: {
    "redact/app.log": "password=x\n",
    "redact/full/readme.txt": "x\n",
    "redact/cut-off.tar.gz": whole.subarray(0, whole.length - 30),
    "redact/evil.tar.gz": await makeTarGz([{ name: "a/../../evil", content: "x" }]),
    "redact/slow.yaml": "rules:\n  - regex: '(a+)+b'\n",
    "redact/wrong.yaml": "rules:\n  - literal: ab\n  - reqex: x\n  - field: spec.x\n",
    "redact/none.yaml": "just text\n",
    "redact/good.yaml": "rules:\n  - literal: falcon\n",
    "redact/taken.log.key": "not a key\n",
    "redact/large.yaml": gzipSync("x").toString("base64").repeat(60_000),
  },
  cases: [
    { call: "redact no-such.tar.gz" },
    { call: "redact redact/cut-off.tar.gz" },
    { call: "redact redact/evil.tar.gz", place: "evil" },
    { call: "redact redact/app.log --privacy maximum" },
    { call: "redact redact/app.log --rules no-such.yaml" },
    { call: "redact redact/app.log --rules redact/slow.yaml" },
    { call: "redact redact/app.log --rules redact/wrong.yaml", place: "redact/wrong.yaml:4:" },
    { call: "redact redact/app.log --rules redact/none.yaml" },
    { call: "redact redact/app.log --rules redact/large.yaml" },
    { call: "redact redact/app.log -o no-such-folder/out.log" },
    { call: "redact redact/app.log -o redact/taken.log", place: "redact/taken.log.key" },
    { call: "redact redact/full -o redact/full" },
    { call: "redact redact/full -o redact", place: "redact: " },
    { call: "redact redact/full -o redact/full/out", place: "redact/full/out" },
    { call: "redact redact/app.log -o redact/../redact/app.log", place: "redact/app.log" },
    { call: "redact test redact/slow.yaml redact/app.log" },
    { call: "redact test redact/good.yaml no-such.log" },
  ],
};
