import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { test } from "node:test";
import { readList } from "../../../../core/snapshot/objects/read-list.ts";
import { createAsker } from "../../../../core/snapshot/requests/ask.ts";
import { answerJson, startApiServer, type Received } from "../../cluster/api-server.ts";

type Page = (request: Received, response: ServerResponse) => void;
const object = (name: string, namespace = "n"): object => ({ metadata: { name, namespace } });
const page =
  (names: readonly string[], token = ""): Page =>
  (_request, response) =>
    answerJson(response, { metadata: { continue: token }, items: names.map((name) => object(name)) });
const expired =
  (token: string): Page =>
  (_request, response) =>
    answerJson(response, { kind: "Status", reason: "Expired", message: "too old", metadata: token === "" ? {} : { continue: token } }, 410);
/** Breaks off behind some bytes of the answer. */
const broken =
  (names: readonly string[], token: string): Page =>
  (_request, response) => {
    const text = JSON.stringify({ items: names.map((name) => object(name)), metadata: { continue: token } });
    response.writeHead(200, { "content-length": text.length });
    response.write(text.slice(0, -30), () => setTimeout(() => response.destroy(), 20));
  };

/** The metadata first, as a real server has it, and the rest a little later, as far as there is one. */
const inParts =
  (names: readonly string[], token: string, isWhole: boolean): Page =>
  (_request, response) => {
    const text = JSON.stringify({ metadata: { continue: token }, items: names.map((name) => object(name)) });
    const [head, rest] = [text.slice(0, text.indexOf("[") + 40), text.slice(text.indexOf("[") + 40)];
    response.writeHead(200, { "content-length": text.length });
    response.write(head);
    setTimeout(() => (isWhole ? response.end(rest) : response.destroy()), 100);
  };
const slowly = (names: readonly string[], token: string): Page => inParts(names, token, true);
const startedAndBroken = (names: readonly string[], token: string): Page => inParts(names, token, false);

/** What a server of these pages, one a request, gives: names, or why it ended, and the tokens that it was asked with. */
async function read(pages: readonly Page[]): Promise<{ names: string[]; end: string; tokens: (string | null)[] }> {
  let at = 0;
  const server = await startApiServer((request, response) => (pages[at++] ?? page([]))(request, response));
  const signal = new AbortController().signal;
  const asker = createAsker(server.cluster, { requestsPerSecond: 1000, maxSeconds: 60, signal });
  const names: string[] = [];
  let end = "";
  try {
    for await (const items of readList(asker, { path: "/api/v1/pods", kind: { apiVersion: "v1", kind: "Pod" }, onDropped: () => undefined, signal }))
      names.push(...items.map((item) => item.name));
  } catch (error) {
    end = error instanceof Error && "reason" in error ? String(error.reason) : String(error);
  }
  return { names, end, tokens: server.received.map(({ query }) => query.get("continue")) };
}

const cases: readonly (readonly [what: string, pages: readonly Page[], names: string, end: string, tokens: string])[] = [
  ["pages follow each other", [page(["a", "b"], "1"), page(["c"], "2"), page(["d"])], "abcd", "", "-12"],
  ["a forgotten moment is gone on from with the server's token", [page(["a"], "1"), expired("x"), page(["c", "d"], "y"), page(["e"])], "acde", "", "-1xy"],
  [
    "without a token the list is begun again, and what has come is passed over",
    [page(["a", "c"], "1"), expired(""), page(["a", "b", "c", "d"])],
    "acd",
    "",
    "-1-",
  ],
  [
    "a page that breaks off is asked for again from where it was",
    [page(["a"], "1"), broken(["b", "c", "d"], "2"), page(["b", "c", "d"], "2"), page(["e"])],
    "abcde",
    "",
    "-112",
  ],
  [
    "a page that breaks off while the next one is on its way costs neither",
    [page(["a"], "1"), startedAndBroken(["b", "c", "d"], "2"), page(["e"]), page(["b", "c", "d"], "2")],
    "abcde",
    "",
    "-121",
  ],
  ["a page that was asked for ahead and broke off is asked for again", [slowly(["a", "b"], "1"), broken(["c", "d"], ""), page(["c", "d"])], "abcd", "", "-11"],
  ["a list that forgets for ever ends", [page(["a"], "1"), ...Array.from({ length: 9 }, () => expired("x"))], "a", "Expired", "-1xxx"],
  ["a server that gives the same page for ever is left", [page(["a"], "1"), page(["b"], "1")], "ab", "Unreadable", "-1"],
  ["objects in no order can't be gone on with", [page(["b", "a"], "1"), expired("x")], "ba", "Expired", "-1"],
  ["what is no list is none", [(_request, response) => void response.end("<html>")], "", "Unreadable", "-"],
];
for (const [what, pages, names, end, tokens] of cases)
  test(what, async () => {
    const found = await read(pages);
    assert.deepEqual([found.names.join(""), found.end, found.tokens.map((token) => token ?? "-").join("")], [names, end, tokens]);
  });
