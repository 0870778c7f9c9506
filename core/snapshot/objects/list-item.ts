/**
 * An object of a list as its text. `outer` are the places, in order, where texts begin that stand directly in the object, keys and values alike; `inner` those that
 * stand directly in one of its members.
 */
export type ListItem = { readonly text: Buffer; readonly outer: readonly number[]; readonly inner: readonly number[] };
