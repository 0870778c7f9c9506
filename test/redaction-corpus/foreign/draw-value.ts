import type { Random } from "../../faults/random/random.ts";
import { drawText } from "../generated/draw-text.ts";
import { drawBytes, drawKey } from "./draw-key.ts";

/** Draws the value of a gap: letters by their pattern, such as w36, or by name, such as `seed 12` or `pick a|b`. */
export function drawValue(random: Random, gap: string): string {
  if (/^[a-zA-Z]\d+$/.test(gap)) return drawText(random, `<${gap}>`).text;
  const [name = "", ...rest] = gap.split(" ");
  const draw = values[name];
  if (draw === undefined) throw new Error(`a template names ${gap}, which nothing draws`);
  return draw(random, rest.join(" "));
}

const words =
  "amber anchor badge basket canyon cedar copper cradle dolphin ember falcon fabric garden glacier hammer harbor island jacket kernel ladder lantern marble meadow nickel oyster paddle pepper quartz rabbit river saddle silver tunnel velvet violet walnut winter yellow zephyr timber rocket".split(
    " ",
  );
const seedWords =
  "abandon ability absent acoustic advice antique awkward banner blanket cabbage canvas carbon cereal cluster cricket dawn denial dragon elbow engine fatigue fiscal gadget gospel hazard hollow inmate jaguar kidney lumber mimic noodle obtain pistol quantum raccoon sponsor thunder umbrella vintage wagon zebra".split(
    " ",
  );
const weak = "changeme letmein qwerty12 welcome1 admin123 hunter2 passw0rd sunshine toor s3cret test1234 default1 rabbitmq1 zxcvbn99".split(" ");

const drawWord = (random: Random): string => random.pick(words);
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** Writes a pattern of words and letters: W is a word with a capital, w one without, all else as in drawText. */
const write = (random: Random, pattern: string): string =>
  drawText(
    random,
    pattern.replaceAll(/\{[Ww]\}/g, (gap) => (gap === "{W}" ? capital(drawWord(random)) : drawWord(random))),
  ).text;

/** Passwords that need no quotes anywhere. */
const safe = ["{W}<d4>", "<w10><d2>", "{w}-{w}-{w}-<d2>", "{W}_<d3><w3>", "<w16>7q", "<a18>4", "{W}{W}<d2>"];
const loud = ["{W}<d4>!", "<w5>!<w3>#<w4>", "{W}!<d4>?", "{W}{W}<d2>#1", "<w14>*x"];
/** Passwords that stand in quotes. */
const odd = [
  "{W} {w} <d3>",
  "<w4>{<w5>}<w2>",
  "<w5>:<w6>@<w3>",
  String.raw`Stra\u00dfe<d4>\u00fc`,
  "<w4>&<w4>=<w3>",
  "<w4>$<w6>",
  "<w3>,<w4>;<w4>",
  "#<w4>#<w6>",
  "<w4>'<w6>",
  "%<w3>%<w7>",
  "-<w9>",
  "(<w8>)!",
  "<w4>^<w6>~",
];

const drawSeedPhrase = (random: Random, count: string): string => Array.from({ length: Number(count) }, () => random.pick(seedWords)).join(" ");

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

const values: Readonly<Record<string, (random: Random, argument: string) => string>> = {
  word: drawWord,
  Word: (random) => capital(drawWord(random)),
  pick: (random, list) => random.pick(list.split("|")),
  safe: (random) => write(random, random.pick(safe)),
  pw: (random) => write(random, random.pick([...safe, ...loud])),
  odd: (random) => write(random, random.pick(odd)),
  weak: (random) => (random.below(2) === 0 ? random.pick(weak) : write(random, random.pick(["{w}", "<d8>", "<d6>", "<w6>", "<w8>"]))),
  seed: drawSeedPhrase,
  uuid: (random) => write(random, "<x8>-<x4>-4<x3>-a<x3>-<x12>"),
  jwt: (random) =>
    `${encode({ alg: "RS256", kid: write(random, "<w20>") })}.${encode({ iss: "https://idp.example.test", sub: write(random, "{w}-<d5>"), exp: 1_795_000_000 })}.${write(random, "<u342>")}`,
  base64: (random, count) => drawBytes(random, Number(count)).toString("base64"),
  base64url: (random, count) => drawBytes(random, Number(count)).toString("base64url"),
  key: drawKey,
};
