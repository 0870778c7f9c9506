import { hidden } from "./is-harmless.ts";

/** Whether a value is a user's name and password in base64, as image registries and HTTP's Basic scheme take them. */
export const isLogin = (value: string): boolean =>
  value.length >= 8 &&
  value.length < 4096 &&
  value !== hidden &&
  /^[A-Za-z0-9+/_-]+={0,2}$/.test(value) &&
  /^[ -~]+:[ -~]*$/.test(Buffer.from(value, "base64").toString("latin1"));
