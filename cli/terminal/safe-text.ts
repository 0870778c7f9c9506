import { cutText } from "../../core/contract/text-width.ts";

/**
 * Text of one line from a cluster, plugin or file, so that it can't steer a terminal: control characters, and those that are invisible
 * or turn the writing direction, are shown as `\u{…}`. Tabs stay.
 */
export const renderSafeText = (text: string): string =>
  text.toWellFormed().replaceAll(steering, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);

/** The same over several lines, whose ends stay. */
export const renderSafeLines = (text: string): string => text.split(/\r?\n/).map(renderSafeText).join("\n");

/** A text on one line, white space collapsed, at most so many columns wide. */
export const fitText = (text: string, columns = Infinity): string => cutText(renderSafeText(text.replaceAll(/\s+/g, " ").trim()), columns);

const steering =
  // eslint-disable-next-line no-control-regex -- control characters are what it is for
  /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
