import type { IncomingMessage } from "node:http";
import { badRequest, StatusError } from "../status-error.ts";

const limit = 3 * 1024 * 1024;

/** A request's whole body. Rejects with StatusError 413 above 3 MiB, 400 when it breaks off. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += part.length;
      if (size > limit) throw new StatusError({ code: 413, reason: "RequestEntityTooLarge", message: `Request entity too large: limit is ${limit}` });
      parts.push(part);
    }
  } catch (error) {
    if (error instanceof StatusError) throw error;
    throw badRequest("unable to read the request body");
  }
  return Buffer.concat(parts);
}
