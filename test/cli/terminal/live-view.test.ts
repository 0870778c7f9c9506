import assert from "node:assert/strict";
import { test } from "node:test";
import { createLiveView } from "../../../cli/terminal/live-view.ts";

test("a frame is drawn over the one before it, an equal one not at all, and what was last stays", () => {
  const written: string[] = [];
  const live = createLiveView({ out: (text) => void written.push(text), err() {}, isTerminal: true, columns: 80, colours: false });
  live.draw(["a", "b"]);
  live.draw(["a", "b"]);
  live.draw(["c"]);
  live.end();
  live.draw(["d"]);
  assert.deepEqual(written, ["\r\u001B[Ja\nb\n", "\u001B[2A\r\u001B[Jc\n", "\r\u001B[Jd\n"]);
});
