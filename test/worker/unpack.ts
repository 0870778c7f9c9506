import { unpackPlainly } from "../core/archive/packed.ts";

/** Names and contents of what a worker sent of a folder. */
export const unpack = (body: Buffer): { readonly [name: string]: string } =>
  Object.fromEntries(unpackPlainly(body).map(([name, content]) => [name, content.toString()]));

/** The content of what it sent of a file. */
export const unpackFile = (body: Buffer | undefined): Buffer | undefined => unpackPlainly(body ?? Buffer.alloc(0)).find(([name]) => name === "")?.[1];
