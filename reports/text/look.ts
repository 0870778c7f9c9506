/** How a report is shown as text: where lines end, which signs there are, and what colour says beside the words. */
export type TextLook = {
  readonly columns: number;
  readonly unicode: boolean;
  readonly paint: (look: "heading" | "good" | "bad" | "warning" | "quiet", text: string) => string;
  /** brief: what fits a screen or two. full: all that the report lists, with the beginnings of failures' texts. */
  readonly detail: "brief" | "full";
};

/** For a file or a pipe. */
export const plainLook: TextLook = { columns: 120, unicode: true, paint: (_look, text) => text, detail: "full" };

/** A text as the look has it: tabs are as wide as they were measured, and without unicode our own signs become letters that are as wide. */
export function fitSigns(text: string, { unicode }: Pick<TextLook, "unicode">): string {
  const flat = text.replaceAll("\t", " ");
  return unicode ? flat : flat.replaceAll(/[✓✗◌–→·…›≈•]/g, (sign) => plainSigns[sign] ?? sign);
}

const plainSigns: Readonly<Record<string, string>> = { "✓": "+", "✗": "x", "◌": "?", "–": "-", "→": ">", "·": "|", "…": "~", "›": ">", "≈": "~", "•": "*" };
