import type { Rule } from "./rule.ts";
import { secretOf } from "./rule.ts";
import type { Span } from "./rule.ts";

/** Keys that carry their mark in the middle or at the end. */
export const markedInsideRules: readonly Rule[] = [
  {
    id: "azure-issued-key",
    reason: "keys that Azure issues since 2023 say so in their midst: DevOps, OpenAI and other cognitive services, Functions, registries, Cosmos DB",
    literals: ["jqqj99", "azdo", "azfu", "+acr", "+ast", "acdb", "azse", "apim", "azca", "aiot"],
    window: 100,
    locate: (text, at) => {
      const run = runAround(text, at);
      const length = run.end - run.start;
      return at - run.start >= 28 && length >= 52 && length <= 90 && /JQQJ99|AZDO|AzFu|\+ACR|\+ASt|ACDb|AzSe|APIM|AzCa|AIoT/.test(text.slice(at, at + 6))
        ? run
        : undefined;
    },
    examples: {
      hidden: ["pat «0123456789abcdefghijABCDEFGHIJ0123456789abcdefghijAB¦JQQJ99AKACAAAAAAAAAAAAASAZDO4321»"],
      kept: ["azfunctions", "JQQJ99", "the apim gateway"],
    },
  },
  {
    id: "new-relic-license",
    reason: "sends data as its owner; it ends with the company's letters",
    literals: ["nral"],
    window: 42,
    locate: (text, at) =>
      /(?<![0-9a-zA-Z])[0-9a-f]{36}$/.test(text.slice(Math.max(0, at - 37), at)) && /^NRAL(?![\w-])/.test(text.slice(at, at + 5))
        ? { start: at - 36, end: at + 4 }
        : undefined,
    examples: { hidden: ["license «97330a21ba5f64d14e539284c925¦bd5bddfbNRAL» accepted"], kept: ["mineral", "NRAL 97330a21"] },
  },
  {
    id: "mailchimp-key",
    reason: "sends mail as its owner; it ends with the data centre",
    literals: ["-us"],
    window: 40,
    locate: (text, at) => {
      const end = /^-us\d{1,2}(?![\w-])/.exec(text.slice(at, at + 6))?.[0].length;
      return end !== undefined && /(?<![0-9a-zA-Z])[0-9a-f]{32}$/.test(text.slice(Math.max(0, at - 33), at)) ? { start: at - 32, end: at + end } : undefined;
    },
    examples: { hidden: ["«0123456789abcdef¦0123456789abcdef-us12»"], kept: ["eu-us1", "0123-us12"] },
  },
  {
    id: "maxmind-key",
    reason: "downloads its owner's databases",
    literals: ["_mmk"],
    window: 48,
    locate: (text, at) =>
      /(?<![A-Za-z0-9])[A-Za-z0-9]{6}_[A-Za-z0-9]{29}$/.test(text.slice(Math.max(0, at - 37), at)) ? { start: at - 36, end: at + 4 } : undefined,
    examples: { hidden: ["«AbCd12_¦0123456789abcdefghijABCDEFGHI_mmk»"], kept: ["x_mmk"] },
  },
  {
    id: "firebase-server-key",
    reason: "pushes messages to everybody who has the app",
    literals: [":apa91b"],
    window: 200,
    locate: (text, at) => {
      const rest = /^:APA91b[A-Za-z0-9_-]{100,160}/.exec(text.slice(at, at + 180))?.[0].length;
      const lead = /[A-Za-z0-9_-]{8,40}$/.exec(text.slice(Math.max(0, at - 40), at))?.[0].length;
      return rest === undefined || lead === undefined ? undefined : { start: at - lead, end: at + rest };
    },
    examples: { hidden: [`«AAAAabcdefg:APA91b¦${"abcdefghij0123456789".repeat(6)}»`], kept: ["x:APA91b"] },
  },
  {
    id: "discord-token",
    reason: "is a bot of Discord; three parts, of which the first is its number in base64",
    literals: ["discord", "bot "],
    window: 200,
    pattern: /(?:discord[^\n]{0,40}?["'= :]|bot )(?<secret>[MNO][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,38})(?![A-Za-z0-9_-])/diy,
    accept: (found) => /\d/.test(secretOf(found)),
    examples: { hidden: ["Authorization: Bot «MTIzNDU2Nzg5MDEyMzQ1Njc4.¦AbCdEf.0123456789abcdefghijABCDEFG»"], kept: ["discord.js.v14"] },
  },
];

function runAround(text: string, at: number): Span {
  const before = /[A-Za-z0-9+/=]{0,90}$/.exec(text.slice(Math.max(0, at - 90), at))?.[0].length ?? 0;
  const behind = /^[A-Za-z0-9+/=]{0,90}/.exec(text.slice(at, at + 90))?.[0].length ?? 0;
  return { start: at - before, end: at + behind };
}
