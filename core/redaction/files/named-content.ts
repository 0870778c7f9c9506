/** A file, by its name, which says how it is to be read, and its bytes; `depth` is how many archives lie around it. */
export type NamedContent = { readonly name: string; readonly content: Buffer; readonly depth?: number };

/** Redacts a file that lies in another one. */
export type RedactInner = (file: NamedContent) => Promise<Buffer>;

/** How an archive is redacted: its files one by one, of `longestUnpacked` bytes together at most. */
export type ArchiveWork = { readonly redactInner: RedactInner; readonly longestUnpacked: number };
