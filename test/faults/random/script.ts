import { deliveredFile } from "../plugin-files.ts";
import type { RandomPlugin } from "./draw-run.ts";

/** The shell script of a plugin: it waits, writes what it delivers, and says so; it never ends by itself. */
export function writeScript({ name, seconds, shape, bytes }: RandomPlugin): string {
  const write = (file: string, size: number): string => `yes "${name} ${file}" | head -c ${size} > $RESULTS_DIR/${file}`;
  const wait = seconds === 0 ? "true" : `sleep ${seconds}`;
  const parts = shape === "file" ? [[deliveredFile, bytes] as const] : partsOf(bytes).map((size, index) => [`out/part-${index}.txt`, size] as const);
  return [
    wait,
    "mkdir -p $RESULTS_DIR/out",
    ...parts.map(([file, size]) => write(file, size)),
    `echo $RESULTS_DIR/${shape === "file" ? deliveredFile : "out"} > $RESULTS_DIR/done`,
    "sleep 3600",
  ].join("; ");
}

/** The files that come of it in the tarball's folder of the result, by name. */
export function buildDelivered({ name, shape, bytes }: RandomPlugin): ReadonlyMap<string, Buffer> {
  const fill = (file: string, size: number): Buffer => Buffer.alloc(size, `${name} ${file}\n`);
  if (shape === "file") return new Map([[deliveredFile, fill(deliveredFile, bytes)]]);
  return new Map(partsOf(bytes).map((size, index) => [`part-${index}.txt`, fill(`out/part-${index}.txt`, size)]));
}

const partsOf = (bytes: number): readonly number[] => [Math.ceil(bytes / 2), Math.floor(bytes / 3), 1];
