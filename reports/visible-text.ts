/** A name or sentence on one line: escape sequences removed, line ends as spaces, other invisible controls as `\u{…}`. */
export const renderLine = (text: string): string =>
  renderLines(text)
    .replaceAll(/\s*\n\s*/g, " ")
    .trim();

/** A text of several lines, its escape sequences removed and invisible controls (C0, C1, direction, separators) and commands to a build's runner as `\u{…}`. */
export const renderLines = (text: string): string =>
  text.toWellFormed().replaceAll(escapeSequences, "").replaceAll(/\r\n?/g, "\n").replaceAll(hiddenControls, escape).replaceAll(buildCommands, escape);

const escape = (character: string): string => `\\u{${character.codePointAt(0)?.toString(16)}}`;

/** What runners take for a command of theirs in whatever a step prints: `::error::` and `##[error]` on GitHub, `##vso[…]` on Azure. */
const buildCommands = /(?<=^[ \t]*):(?=:[a-zA-Z-]+(?: [^\n]{0,2000})?::)|#(?=#(?:vso)?\[)/gm;

/** A test's name for people: ginkgo v2 puts "[It] " before each, which says nothing. */
export const renderName = (name: string): string => renderLine(name.replace(/^\[It\] /, ""));

const hiddenControls =
  // eslint-disable-next-line no-control-regex -- control characters are what it is for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/** As node:util's stripVTControlCharacters has it, which a page's script can't ask. */
const escapeSequences =
  // eslint-disable-next-line no-control-regex -- control characters are what it is for
  /[\u001b\u009b][[\]()#;?]*(?:(?:(?:(?:;[-a-zA-Z\d/#&.:=?%@~_]+)*|[a-zA-Z\d]+(?:;[-a-zA-Z\d/#&.:=?%@~_]*)*)?(?:\u0007|\u001b\\|\u009c))|(?:(?:\d{1,4}(?:;\d{0,4})*)?[\dA-PR-TZcf-ntqry=><~]))/g;
