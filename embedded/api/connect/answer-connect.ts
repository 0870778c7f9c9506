import { randomUUID } from "node:crypto";
import type { ConnectTarget, Exchange } from "../http/exchange.ts";
import { badRequest } from "../status-error.ts";
import { answerLog } from "./pods/answer-log.ts";
import { locateContainer, locatePod } from "./pods/locate-pod.ts";
import { parsePorts } from "./pods/port-query.ts";
import { answerProxy } from "./proxy/answer-proxy.ts";

/** Answers a connect subresource over plain HTTP; resolves when the answer is written, throws StatusError only while nothing of it is. */
export async function answerConnect(target: ConnectTarget, exchange: Exchange): Promise<void> {
  // As on each of the server's answers.
  exchange.response.setHeader("audit-id", randomUUID());
  exchange.response.setHeader("cache-control", "no-cache, private");
  switch (target.subresource) {
    case "log":
      return answerLog(target, exchange);
    case "proxy":
      return answerProxy(target, exchange);
    case "portforward":
      parsePorts(exchange.query);
      locatePod(target, exchange);
      throw upgradeRequired();
    case "exec":
    case "attach":
      locateContainer(target, exchange);
      throw upgradeRequired();
  }
}

const upgradeRequired = () => badRequest("Upgrade request required");
