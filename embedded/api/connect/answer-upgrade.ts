import type { ConnectTarget, Upgrade } from "../http/exchange.ts";
import { badRequest, StatusError } from "../status-error.ts";
import { answerExec } from "./pods/answer-exec.ts";
import { locateContainer } from "./pods/locate-pod.ts";
import { answerPortForward } from "./pods/answer-port-forward.ts";
import { refuseUpgrade } from "./streams/refuse-upgrade.ts";

/** Speaks the protocol that was asked for until either side ends; never rejects, as every refusal is written to the connection, which is closed then. */
export async function answerUpgrade(target: ConnectTarget, upgrade: Upgrade): Promise<void> {
  // Without a listener, a connection that is reset would end the process.
  upgrade.socket.on("error", () => upgrade.socket.destroy());
  const drop = (): void => void upgrade.socket.destroy();
  upgrade.signal.addEventListener("abort", drop, { once: true });
  try {
    if (upgrade.signal.aborted) drop();
    else await serve(target, upgrade);
  } catch (error) {
    refuseUpgrade(upgrade.socket, error);
  } finally {
    upgrade.signal.removeEventListener("abort", drop);
  }
}

async function serve(target: ConnectTarget, upgrade: Upgrade): Promise<void> {
  switch (target.subresource) {
    case "exec":
      return answerExec(target, upgrade);
    case "portforward":
      return answerPortForward(target, upgrade);
    case "proxy":
      throw badRequest("the embedded cluster passes plain HTTP on only");
    case "attach":
      locateContainer(target, upgrade);
      // Nothing keeps a way into the input and output of a container that runs already.
      throw new StatusError({ code: 501, reason: "NotImplemented", message: "the embedded cluster can't attach to a container; use exec or the log" });
    case "log":
      throw badRequest("the embedded cluster gives logs over plain HTTP only");
  }
}
