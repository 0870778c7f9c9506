/** A file, by its name, which says how it is to be read, and its bytes; `depth` is how many archives lie around it. */
export type NamedContent = { readonly name: string; readonly content: Buffer; readonly depth?: number };

/** Redacts a file that lies in another one. */
export type RedactInner = (file: NamedContent) => Promise<Buffer>;
