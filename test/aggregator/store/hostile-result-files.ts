import type { ResultFormat } from "../../../core/contract/plugin-definition.ts";
import { plainEntry } from "../../core/archive/hostile-tar.ts";
import type { Random } from "../../faults/random/random.ts";
import { drawText } from "../../hostile-text.ts";

/** The tar entry of a result file of this format, whose names and texts steer, end or begin something wherever they are shown. */
export const drawResultFile: { readonly [format in ResultFormat]: (random: Random) => Buffer } = {
  junit: (random) => plainFile("junit_01.xml", drawJunit(random)),
  gojson: (random) => plainFile("log.json", Array.from({ length: 5 }, () => `${JSON.stringify(drawEvent(random))}\n`).join("")),
  manual: (random) => plainFile("manual.yaml", JSON.stringify(drawItem(random, 0))),
  raw: (random) => plainFile(`raw-${drawText(random).replaceAll("\0", "").slice(0, 60)}`, drawText(random)),
};

const plainFile = (name: string, content: string): Buffer =>
  plainEntry(Buffer.from(name).subarray(0, 90).toString("latin1"), Buffer.from(content).toString("latin1"));

function drawJunit(random: Random): string {
  const cases = Array.from({ length: 1 + random.below(3) }, () => {
    const text = (): string => escape(random, drawText(random));
    const inside = random.pick([
      "",
      `<failure message="${text()}">${text()}</failure>`,
      `<skipped message="${text()}"/>`,
      `<system-out>${text()}</system-out>`,
    ]);
    return `<testcase name="${text()}" classname="${text()}" time="${random.pick(["1", "NaN", "-1", "1e999"])}">${inside}</testcase>`;
  });
  return `<testsuites><testsuite name="${escape(random, drawText(random))}">${cases.join("")}</testsuite></testsuites>`;
}

/** For XML, with controls as numbers, which our reader takes though XML does not; sometimes as it is. */
function escape(random: Random, text: string): string {
  if (random.below(20) === 0) return text;
  return text.replaceAll(/[^ !#-%'-;=?-~\u00a0-\ud7ff]/g, (character) => `&#${character.charCodeAt(0)};`);
}

const drawEvent = (random: Random): object => ({
  Time: drawText(random),
  Action: random.pick(["run", "output", "pass", "fail", "skip", drawText(random)]),
  Package: drawText(random),
  Test: random.pick(["TestA", "TestA/b", drawText(random)]),
  Output: `${drawText(random)}\n`,
  Elapsed: random.pick([0, -1, 1e308]),
});

function drawItem(random: Random, depth: number): object {
  const items = depth < 3 ? Array.from({ length: random.below(3) }, () => drawItem(random, depth + 1)) : [];
  const text = drawText(random);
  return {
    name: drawText(random),
    status: random.pick(["passed", "failed", "skipped", text]),
    meta: { [drawText(random)]: text },
    details: { [drawText(random)]: text, failure: drawText(random), nested: { [text]: [text, 1, null] } },
    ...(items.length > 0 && { items }),
  };
}
