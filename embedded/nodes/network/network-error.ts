import { constants } from "node:os";

export type NetworkErrorCode = "ECONNREFUSED" | "EHOSTUNREACH" | "ETIMEDOUT" | "ENOTFOUND" | "EAI_AGAIN" | "EADDRINUSE";

/** Why there is no connection, in the shape of Node's own errors. */
export type NetworkError = Error & { readonly code: NetworkErrorCode };

export function createNetworkError(code: NetworkErrorCode, target: { readonly host: string; readonly port: number }): NetworkError {
  const { host, port } = target;
  if (code === "ENOTFOUND" || code === "EAI_AGAIN")
    return Object.assign(new Error(`getaddrinfo ${code} ${host}`), {
      code,
      errno: code === "ENOTFOUND" ? -3008 : -3001,
      syscall: "getaddrinfo",
      hostname: host,
    });
  return Object.assign(new Error(`connect ${code} ${host}:${port}`), { code, errno: -constants.errno[code], syscall: "connect", address: host, port });
}

/** The code of any failure to connect; what has none of ours counts as a host that can't be reached. */
export function readErrorCode(error: unknown): NetworkErrorCode {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return codes.find((known) => known === code) ?? "EHOSTUNREACH";
}

const codes: readonly NetworkErrorCode[] = ["ECONNREFUSED", "EHOSTUNREACH", "ETIMEDOUT", "ENOTFOUND", "EAI_AGAIN", "EADDRINUSE"];
