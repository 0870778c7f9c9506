import type { Exchange } from "./exchange.ts";
import type { ActiveFaults } from "./faults.ts";
import { limitConnection } from "./limit-connection.ts";
import type { RequestInfo } from "./parse-request-info.ts";
import { sendError, sendText } from "./send.ts";
import { failure, unavailable } from "../status-error.ts";

/** Lets a request meet the faults that are made on purpose; "answered" where that was its answer. */
export function applyFaults(faults: ActiveFaults, { exchange, info }: { readonly exchange: Exchange; readonly info: RequestInfo }): "answered" | "pass" {
  const { request, response, url, user } = exchange;
  const resource = info.kind === "resource" ? info.resource : "";
  for (const effect of faults.meet({ verb: info.verb, resource, path: url.pathname, user: user.name })) {
    switch (effect.kind) {
      case "disconnect":
        request.socket.destroy();
        return "answered";
      case "answer":
        fail(exchange, effect.status, effect.retryAfterSeconds);
        return "answered";
      case "slow":
      case "cut": {
        const limit = effect.kind === "slow" ? { bytesPerSecond: effect.bytesPerSecond } : { breakAfter: effect.bytes };
        response.once("close", limitConnection(request.socket, limit));
      }
    }
  }
  return "pass";
}

/** As the real server says it when it has too much to do, its etcd does not answer, or it is about to end. */
function fail({ response }: Exchange, status: 429 | 500 | 503, retryAfterSeconds: number): void {
  if (status === 429) {
    response.setHeader("retry-after", String(retryAfterSeconds));
    return sendText(response, status, "Too many requests, please try again later.\n");
  }
  const error = status === 500 ? failure("etcdserver: request timed out") : unavailable("the server is currently unable to handle the request");
  void sendError(response, { notation: "json", pretty: false }, error).catch(() => response.destroy());
}
