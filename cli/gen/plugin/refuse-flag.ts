import { KnownError } from "../../../core/contract/known-error.ts";

/** Throws KnownError "wrong-usage" for what was typed after a flag: what it should look like, or what is wrong with it. */
export function refuseFlag(flag: string, text: string, why: { readonly example: string } | { readonly what: string }): never {
  throw new KnownError(
    "wrong-usage",
    `${flag} ${text}: ${"what" in why ? why.what : "is not of the right form"}.`,
    "example" in why ? { hint: `For example: ${flag} ${why.example}` } : {},
  );
}
