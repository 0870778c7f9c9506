import { gzipSync } from "node:zlib";
import type { Random } from "../../faults/random/random.ts";
import { drawFiller } from "./fillers.ts";
import { drawText } from "./draw-text.ts";
import type { Wrapped } from "./wrap-file.ts";

/** Writes lines as a log holds them: between others, behind what collectors put before each line, coloured, cut off, or in one very long line. */
export function writeLog(random: Random, text: string): Wrapped {
  const encoding = random.pick(encodings);
  const before = Array.from({ length: random.below(4) }, () => drawNeighbour(random));
  const after = Array.from({ length: 1 + random.below(4) }, () => drawNeighbour(random));
  const content = noises[encoding](random, [...before, ...text.trimEnd().split("\n"), ...after]);
  const name = random.pick(names);
  if (encoding === "gzip") return { name: `${name}.gz`, content: gzipSync(content), encoding };
  return { name, content: Buffer.from(content), encoding };
}

const names = [
  "podlogs/team-a/api-0/logs/api.txt",
  "podlogs/team-a/api-0/logs/api.previous.txt",
  "app.log",
  "var/log/messages",
  "build.log",
  "results/job/out.txt",
  "stderr.log",
];

function drawNeighbour(random: Random): string {
  const word = drawFiller(random, "word") ?? "";
  const time = drawFiller(random, "ts") ?? "";
  return random.pick([
    `${time} INFO ${word} finished in ${random.below(900)} ms`,
    `level=info ts=${time} caller=main.go:${random.below(300)} msg="${word} started"`,
    `{"level":"info","time":"${time}","msg":"${word} is ready","attempt":${random.below(9)}}`,
    `[${time}] ${word}: 200 OK /healthz ${random.below(40)}ms`,
  ]);
}

type Noise = (random: Random, lines: readonly string[]) => string;

const join = (lines: readonly string[]): string => `${lines.join("\n")}\n`;
const before =
  (prefix: (random: Random) => string): Noise =>
  (random, lines) =>
    join(lines.map((line) => prefix(random) + line));
const time = (random: Random): string => drawFiller(random, "ts") ?? "";

const noises = {
  plain: (_, lines) => join(lines),
  crlf: (_, lines) => lines.map((line) => `${line}\r\n`).join(""),
  "time of kubectl": before((random) => `${time(random)} `),
  "containerd's own": before((random) => `${time(random)} stdout F `),
  "docker's own": (random, lines) => join(lines.map((line) => JSON.stringify({ log: `${line}\n`, stream: "stdout", time: time(random) }))),
  syslog: before((random) => `Nov 22 10:${10 + random.below(49)}:07 node-${random.below(9)} kubelet[${1000 + random.below(9000)}]: `),
  "name of a pod": before(() => "[pod/api-6d5f8c7b9-x2x9z/api] "),
  compose: before(() => "web_1    | "),
  colour: (random, lines) => join(lines.map((line) => `\u001b[${30 + random.below(8)}m${line}\u001b[0m`)),
  "GitHub's time": before((random) => `${time(random).replace("Z", "0000Z")} `),
  "very long line": (random, lines) =>
    `${drawText(random, "<l4-9> ").text.repeat(200 + random.below(5000))}${lines.join(" ")}${" and so on".repeat(random.below(2000))}\n`,
  gzip: (_, lines) => join(lines),
  "no end of line": (_, lines) => lines.slice(0, -1).join("\n"),
  "JSON of a shipper": (random, lines) =>
    join(
      lines.map((line) => JSON.stringify({ "@timestamp": time(random), kubernetes: { namespace: "team-a", pod: "api-0" }, stream: "stderr", message: line })),
    ),
} satisfies Readonly<Record<string, Noise>>;

type Encoding = keyof typeof noises;

const encodings: readonly Encoding[] = [
  "plain",
  "plain",
  "plain",
  "crlf",
  "time of kubectl",
  "containerd's own",
  "docker's own",
  "syslog",
  "name of a pod",
  "compose",
  "colour",
  "GitHub's time",
  "very long line",
  "gzip",
  "no end of line",
  "JSON of a shipper",
];
