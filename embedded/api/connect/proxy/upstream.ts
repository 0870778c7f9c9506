/** What is behind a proxy's path: where to connect, and what the path of the proxy itself is. */
export type Upstream = {
  readonly scheme: "http" | "https";
  readonly host: string;
  readonly port: number;
  /** Of the request, up to and with "/proxy". */
  readonly prefix: string;
};

/** As messages and URLs write it: "10.244.1.5:8080", "[fd00::5]:8080". */
export const renderAddress = ({ host, port }: { readonly host: string; readonly port: number }): string => `${host.includes(":") ? `[${host}]` : host}:${port}`;
