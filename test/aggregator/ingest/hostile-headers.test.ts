import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { parseRoute } from "../../../aggregator/ingest/parse-route.ts";
import { Refusal } from "../../../aggregator/ingest/refusal.ts";
import { parseUploadHeaders } from "../../../aggregator/ingest/upload-headers.ts";
import { playCases } from "../../play-cases.ts";
import { drawTarget, drawUploadHeaders } from "./hostile-headers.ts";

/** What it gives, undefined where it refuses. */
function attempt<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return undefined;
  }
}

test("10,000 sets of an upload's headers are refused, or say a plain name, a whole offset and a bounded problem", (context) =>
  playCases(context, {
    count: 10_000,
    play: async (random) => {
      const headers = attempt(() => parseUploadHeaders(drawUploadHeaders(random)));
      if (headers === undefined) return false;
      assert.equal(join("/spool", headers.name), `/spool/${headers.name}`);
      assert.doesNotMatch(headers.name, /\p{Cc}/u);
      assert.ok(Buffer.byteLength(headers.name) <= 255);
      assert.ok(Number.isSafeInteger(headers.offset) && headers.offset >= 0);
      assert.ok((headers.problem?.message.length ?? 0) <= 2000);
      return true;
    },
  }));

test("10,000 methods and targets are refused, or name a plugin and a node that are no path", (context) =>
  playCases(context, {
    count: 10_000,
    play: async (random) => {
      const { method, target } = drawTarget(random, { plugin: "p", node: "n1" });
      const route = attempt(() => parseRoute(method, target));
      for (const name of [route && "plugin" in route ? route.plugin : "p", route && "node" in route ? route.node : "n"]) {
        assert.doesNotMatch(name, /[/\\\p{Cc}]/u);
        assert.ok(name !== "." && name !== "..");
      }
      return route !== undefined;
    },
  }));
