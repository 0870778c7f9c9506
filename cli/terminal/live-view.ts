import type { Output } from "./output.ts";

/** Lines that are drawn in place of those before. */
export type LiveView = {
  draw(lines: readonly string[]): void;
  /** What was drawn last stays, and the cursor is below it. */
  end(): void;
};

/** A live view on a terminal; lines must fit its width and height, and be safe. */
export function createLiveView(output: Output): LiveView {
  let height = 0;
  let last = "";
  return {
    draw(lines) {
      const text = lines.map((line) => `${line}\n`).join("");
      if (text === last) return;
      // Up to the first line, then clear to the end of the screen.
      output.out(`${height === 0 ? "" : `\u001B[${height}A`}\r\u001B[J${text}`);
      height = lines.length;
      last = text;
    },
    end() {
      height = 0;
      last = "";
    },
  };
}
