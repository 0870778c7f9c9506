import assert from "node:assert/strict";
import { test } from "node:test";
import { annotationBytes, findTooLarge } from "../../../../cli/run/manifest/find-too-large.ts";

const configMap = (content: string) => ({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a", namespace: "b" }, data: { c: content } });
const largest = (character: string): number => {
  let [fits, tooMany] = [0, annotationBytes];
  while (tooMany - fits > 1) {
    const half = Math.floor((fits + tooMany) / 2);
    if (findTooLarge([configMap(character.repeat(half))]).length === 0) fits = half;
    else tooMany = half;
  }
  return fits;
};

/** What kubectl v1.32 writes for an empty content: 48 bytes of name, and {"apiVersion":"v1","data":{"c":""},"kind":"ConfigMap","metadata":{"annotations":{},"name":"a","namespace":"b"}} with an end of line. */
const frame = 48 + 112;

const characters: readonly (readonly [character: string, bytes: number])[] = [
  ["a", 1],
  ["ä", 2],
  ['"', 2],
  ["\n", 2],
  ["<", 6],
  ["&", 6],
  ["\u2028", 6],
  ["\u0001", 6],
  ["\b", 6],
];
for (const [character, bytes] of characters)
  test(`${JSON.stringify(character)} takes ${bytes} bytes of kubectl's copy`, () =>
    assert.equal(largest(character), Math.floor((annotationBytes - frame) / bytes)));
