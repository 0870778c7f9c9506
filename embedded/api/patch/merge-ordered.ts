import type { Json } from "../../../core/contract/json.ts";
import { isJsonObject } from "../../../core/contract/json.ts";
import { failure } from "../status-error.ts";
import { renderGo } from "./render-go.ts";

/** `order` is the order that the patch wants, `before` the one that was there, `key` the field that tells elements apart. */
export type Ordering = { readonly order: readonly Json[]; readonly before: readonly Json[]; readonly key: string | undefined };

/** Elements that the patch names come as it orders them; others keep their order, each in front of those that it stood in front of. */
export function mergeOrdered(items: readonly Json[], { order, before, key }: Ordering): readonly Json[] {
  const idOf = (item: Json): Json | undefined => (key !== undefined && isJsonObject(item) ? item[key] : item);
  const place = (list: readonly Json[], item: Json): number => list.findIndex((other) => idOf(other) === idOf(item));
  const inOrder = (list: readonly Json[], by: readonly Json[]): Json[] => list.toSorted((left, right) => place(by, left) - place(by, right));
  const right = inOrder(
    items.filter((item) => place(order, item) >= 0),
    order,
  );
  const left = inOrder(
    items.filter((item) => place(order, item) < 0),
    before,
  );
  const merged: Json[] = [];
  for (let [i, j] = [0, 0]; i < left.length || j < right.length;) {
    const [other, named] = [left[i], right[j]];
    const [otherPlace, namedPlace] = [other === undefined ? -1 : place(before, other), named === undefined ? -1 : place(before, named)];
    if (other !== undefined && (named === undefined || (otherPlace >= 0 && namedPlace >= 0 && otherPlace < namedPlace))) {
      merged.push(other);
      i += 1;
    } else if (named !== undefined) {
      merged.push(named);
      j += 1;
    }
  }
  return merged;
}

/** A patch's list must be a part of its $setElementOrder list, in the same order. Throws StatusError. */
export function refuseOtherOrder(items: readonly Json[], order: readonly Json[], key: string | undefined): void {
  const idOf = (item: Json): Json | undefined => (key !== undefined && isJsonObject(item) ? item[key] : item);
  const wanted = order.map(idOf);
  let from = 0;
  for (const item of items) {
    if (isJsonObject(item) && item["$patch"] !== undefined) continue;
    const at = wanted.indexOf(idOf(item), from);
    if (at < 0) {
      const message = `The order in patch list:\n${renderGo(items)}\n doesn't match $setElementOrder list:\n${renderGo(order)}\n`;
      throw failure(message);
    }
    from = at + 1;
  }
}
