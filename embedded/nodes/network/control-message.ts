import { isJsonObject } from "../../../core/contract/json.ts";

/** One end of a connection as its processes see it. */
export type Peer = { readonly address: string; readonly port: number };

/** What a process of a pod asks over the pod's control socket, one JSON object a line. */
export type ControlRequest =
  | { readonly do: "connect"; readonly id: number; readonly host: string; readonly port: number }
  | { readonly do: "lookup"; readonly id: number; readonly name: string }
  /** Port 0 asks for any free one; `listener` is the process's own number for it. */
  | { readonly do: "listen"; readonly id: number; readonly listener: number; readonly host: string; readonly port: number }
  | { readonly do: "unlisten"; readonly listener: number }
  /** The socket that was offered under this name is not wanted. */
  | { readonly do: "refuse"; readonly path: string };

/** What the network says to a process: the answer to a request of this id, or that somebody has come to its listener. */
export type ControlMessage =
  | { readonly id: number; readonly error: string }
  | { readonly id: number; readonly path: string; readonly local: Peer; readonly remote: Peer }
  | { readonly id: number; readonly addresses: readonly string[] }
  | { readonly id: number; readonly port: number }
  | { readonly listener: number; readonly path: string; readonly local: Peer; readonly remote: Peer };

/** The request in a line; undefined when it is none, because a pod may send what it likes. */
export function parseControlRequest(line: string): ControlRequest | undefined {
  const value = parseJson(line);
  if (!isJsonObject(value)) return undefined;
  const { do: verb, id, host, port, name, listener, path } = value;
  if (verb === "refuse") return typeof path === "string" ? { do: verb, path } : undefined;
  if (verb === "unlisten") return isNumber(listener) ? { do: verb, listener } : undefined;
  if (!isNumber(id)) return undefined;
  if (verb === "lookup") return typeof name === "string" ? { do: verb, id, name } : undefined;
  if (typeof host !== "string" || !isNumber(port) || port > 65_535) return undefined;
  if (verb === "connect") return { do: verb, id, host, port };
  return verb === "listen" && isNumber(listener) ? { do: verb, id, listener, host, port } : undefined;
}

const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isSafeInteger(value) && value >= 0;

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
