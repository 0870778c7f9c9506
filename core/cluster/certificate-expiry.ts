import { X509Certificate } from "node:crypto";
import type { Connection } from "./connection.ts";

/** When the client certificate that a connection shows ran out; undefined when it is valid, or there is none. */
export async function certificateExpiry({ authenticate }: Pick<Connection, "authenticate">): Promise<Date | undefined> {
  try {
    const { cert } = await authenticate();
    if (typeof cert !== "string" && !Buffer.isBuffer(cert)) return undefined;
    const { validToDate } = new X509Certificate(cert);
    return validToDate.getTime() < Date.now() ? validToDate : undefined;
  } catch {
    return undefined;
  }
}
