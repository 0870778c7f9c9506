import { KnownError } from "../../core/contract/known-error.ts";

/** No plugin file is larger; a definition may have 180 KiB. */
export const largestPluginFile = 1024 ** 2;

const secondsToAnswer = 10;

/** The text at an http(s) address; KnownError "unknown-plugin" when it doesn't come whole within 10 seconds and 1 MiB. */
export async function fetchPlugin(url: string, signal: AbortSignal): Promise<string> {
  const timeout = AbortSignal.timeout(secondsToAnswer * 1000);
  try {
    const answer = await fetch(url, { signal: AbortSignal.any([signal, timeout]), headers: { accept: "application/yaml, text/yaml, text/plain, */*" } });
    if (!answer.ok) throw unavailable(`the server answered ${answer.status}`);
    return await readLimited(answer);
  } catch (error) {
    if (signal.aborted || error instanceof KnownError) throw error;
    if (timeout.aborted) throw unavailable(`it did not come within ${secondsToAnswer} seconds`);
    throw unavailable(causeOf(error));
  }
}

async function readLimited(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body ?? []) {
    size += chunk.length;
    if (size > largestPluginFile) throw unavailable("it is larger than 1 MiB");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

const unavailable = (why: string): KnownError => new KnownError("unknown-plugin", `can't be fetched: ${why}`);

/** Node's fetch hides the reason one level down. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message || String("code" in cause ? cause.code : cause.name) : String(cause);
}
