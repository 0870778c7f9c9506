import { NodeUnreachable } from "../../../nodes/node-agent.ts";
import { unreachable } from "./locate-pod.ts";

/** What a node answers; throws the API server's Status for one that does not answer. */
export async function reachNode<Answer>(asked: Promise<Answer>): Promise<Answer> {
  try {
    return await asked;
  } catch (error) {
    throw error instanceof NodeUnreachable ? unreachable(`error dialing backend: ${error.message}`) : error;
  }
}
