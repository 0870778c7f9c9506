import { readFile } from "node:fs/promises";
import type { Json, JsonObject } from "../../core/contract/json.ts";
import type { Clock } from "../../core/contract/worker-wire.ts";

/** One subject of node-facts: reads what a pod may see of it. Throws NotReadable where that is nothing. */
export type FactGroup = { readonly name: string; readonly read: (sources: FactSources) => Promise<Facts> };

export type Facts = {
  readonly facts: JsonObject;
  /** Set when the facts are bad: one sentence, and the item fails. */
  readonly failure?: string;
};

/** Where facts come from. */
export type FactSources = {
  /** Usually /proc and /sys/fs/cgroup. */
  readonly proc: string;
  readonly cgroup: string;
  /** Folders whose file systems are looked at, and what each is to a pod. */
  readonly folders: readonly { readonly path: string; readonly role: string }[];
  /** The aggregator's clock against this one; throws NotReadable when the worker doesn't know it. */
  readonly readClock: () => Promise<Clock>;
};

/** Why something can't be told from inside a pod; leads to "skipped" with this reason, never to a verdict. */
export class NotReadable extends Error {
  override readonly name = "NotReadable";
}

/** The text of a file of the kernel; throws NotReadable with the path and the system's word for it. */
export async function readKernelFile(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new NotReadable(`${path} can't be read from a pod here (${error instanceof Error && "code" in error ? String(error.code) : String(error)})`);
  }
}

/** What `read` gives, or nothing where it isn't readable: for parts without which a group still says something. */
export async function readIfAllowed<T extends Json>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof NotReadable) return undefined;
    throw error;
  }
}

/** A number of a file of the kernel that holds nothing else. */
export async function readKernelNumber(path: string): Promise<number> {
  return parseKernelNumber(await readKernelFile(path), path);
}

/** A whole number, or NotReadable: what is no number is not made one. */
export function parseKernelNumber(text: string | undefined, where: string): number {
  if (text === undefined || !/^\s*-?\d+(\.\d+)?\s*$/.test(text)) throw new NotReadable(`${where} holds no number`);
  return Number(text);
}
