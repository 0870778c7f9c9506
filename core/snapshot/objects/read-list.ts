import type { Readable } from "node:stream";
import type { JsonObject } from "../../contract/json.ts";
import { field, text } from "../../kubernetes/field.ts";
import { parseJson } from "../parse-json.ts";
import type { Asker } from "../requests/ask.ts";
import { readingFailure, RequestFailure } from "../requests/request-failure.ts";
import { askAhead, type Pages } from "./ask-ahead.ts";
import { cleanItem, type Item, type ItemInput } from "./clean-item.ts";
import { createRoom } from "./create-room.ts";
import { splitItems } from "./split-items.ts";

export type ListQuestion = {
  readonly path: string;
  readonly labelSelector?: string | undefined;
  readonly accept?: string;
  readonly kind: Omit<ItemInput, "room">;
  /** How an object becomes what its file holds; cleanItem unless said. */
  readonly clean?: typeof cleanItem;
  /** Told what could not be taken as an object. */
  readonly onDropped: (count: number) => void;
  /** Told at the end of each page how many objects the server says stand behind it; 0 where it does not say. */
  readonly onPageEnd?: (remaining: number) => void;
  readonly signal: AbortSignal;
};

/**
 * All objects of a list, page by page, each once: through a connection that breaks in the middle of a page, and through a moment that the server has forgotten
 * (then what changed meanwhile is as it is now). The next page is asked for as soon as one names it. Throws RequestFailure when it can't be brought to an end.
 */
export async function* readList(asker: Asker, question: ListQuestion): AsyncGenerator<readonly Item[]> {
  const place: Place = { token: "", last: undefined, isOrdered: true, resumes: false, room: createRoom() };
  const pages = askAhead((token) => askPage(asker, question, token));
  let failures = 0;
  try {
    while (place.token !== undefined) {
      try {
        yield* readPage(pages, question, place);
        failures = 0;
      } catch (error) {
        question.signal.throwIfAborted();
        const failure = readingFailure(error);
        const next = findNextToken(failure, place);
        // Of objects in no order nobody knows which have come.
        if (next === undefined || ++failures > 3 || (place.last !== undefined && !place.isOrdered)) throw failure;
        Object.assign(place, { token: next, resumes: true });
      }
    }
  } finally {
    pages.close();
  }
}

/** Where a list stands: `last` is the key of the last object that was given out, and while `resumes` those up to it are passed over. */
type Place = { token: string | undefined; last: string | undefined; isOrdered: boolean; resumes: boolean; readonly room: ItemInput["room"] };

function askPage(asker: Asker, { path, labelSelector, accept }: ListQuestion, token: string): Promise<Readable> {
  const query = { limit: "500", ...(labelSelector !== undefined && { labelSelector }), ...(token !== "" && { continue: token }) };
  return asker.stream({ path, query, ...(accept !== undefined && { accept }) });
}

async function* readPage(pages: Pages, question: ListQuestion, place: Place): AsyncGenerator<readonly Item[]> {
  const { kind, clean = cleanItem, onDropped, onPageEnd } = question;
  const list = splitItems(await pages.take(place.token ?? ""), (metadata) => {
    const next = text(metadata["continue"]);
    if (next !== "" && next !== place.token) pages.foresee(next);
  });
  for await (const texts of list.items) {
    const items = texts.flatMap((item) => clean(item, { ...kind, room: place.room }) ?? []);
    onDropped(texts.length - items.length);
    const fresh = place.resumes ? items.filter((item) => keyOf(item) > (place.last ?? "")) : items;
    for (const item of fresh) {
      const key = keyOf(item);
      if (place.last !== undefined && key <= place.last) place.isOrdered = false;
      place.last = key;
    }
    if (fresh.length > 0) yield fresh;
  }
  onDropped(list.dropped());
  const metadata = list.metadata();
  advance(place, metadata);
  onPageEnd?.(typeof metadata["remainingItemCount"] === "number" ? metadata["remainingItemCount"] : 0);
}

function advance(place: Place, metadata: JsonObject): void {
  const token = text(metadata["continue"]);
  // A server that gives the same page for ever would keep us for ever.
  if (token !== "" && token === place.token) throw new RequestFailure({ code: 200, reason: "Unreadable", message: "the list never ends" });
  Object.assign(place, { token: token === "" ? undefined : token, resumes: false });
}

/** Objects come in this order from etcd and from the API server's cache. */
const keyOf = ({ namespace, name }: Item): string => `${namespace}/${name}`;

/** With what to go on: a forgotten moment's answer brings a token for the rest as it is now, and a broken connection leaves the one that was used. */
function findNextToken({ code, reason, body }: RequestFailure, { token }: Place): string | undefined {
  if (code === 410) return token === "" ? undefined : text(field(parseJson(body), "metadata", "continue"));
  return code === 0 && reason === "Unreachable" ? token : undefined;
}
