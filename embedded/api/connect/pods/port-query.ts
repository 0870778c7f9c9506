import { badRequest } from "../../status-error.ts";
import { PlainRefusal } from "../streams/refuse-upgrade.ts";

/** The ports of `?ports=`, which may be repeated and hold commas; throws the API server's words for what is no port. */
export function parsePorts(query: URLSearchParams): readonly number[] {
  return query
    .getAll("ports")
    .flatMap((value) => value.split(","))
    .map((value) => {
      const quoted = JSON.stringify(value);
      if (!/^\d+$/.test(value)) throw badRequest(`cannot convert to []int32: strconv.ParseUint: parsing ${quoted}: invalid syntax`);
      if (Number(value) > 65_535) throw badRequest(`cannot convert to []int32: strconv.ParseUint: parsing ${quoted}: value out of range`);
      return Number(value);
    });
}

/** Throws the kubelet's words for a WebSocket that names no port, or port 0. */
export function checkPorts(ports: readonly number[]): void {
  if (ports.length === 0) throw new PlainRefusal(400, `query parameter "port" is required`);
  if (ports.includes(0)) throw new PlainRefusal(400, `port "0" must be > 0`);
}
