import { NodeUnreachable } from "../../../nodes/node-agent.ts";
import { failure } from "../../status-error.ts";

/** What a node answers; throws the API server's Status for one that does not answer. */
export async function reachNode<Answer>(asked: Promise<Answer>): Promise<Answer> {
  try {
    return await asked;
  } catch (error) {
    throw error instanceof NodeUnreachable ? failure(`error dialing backend: ${error.message}`) : error;
  }
}
