import type { RequestListener } from "node:http";
import { createServer } from "node:http";
import { renderFailure } from "./log.ts";
import type { Tunnels } from "./tunnels.ts";

/**
 * Serves this pod alone, by IPv4 and IPv6, at most 32 connections each. An address that can't be had costs only itself: `onFailure` is told why IPv4's can't.
 * Resolves when it listens; returns what ends it.
 */
export async function listenOnLoopback(options: {
  readonly port: number;
  readonly onRequest: RequestListener;
  readonly onUpgrade: Tunnels["offer"];
  readonly onFailure: (why: string) => void;
}): Promise<() => void> {
  const { port, onRequest, onUpgrade, onFailure } = options;
  const servers = await Promise.all(
    ["127.0.0.1", "::1"].map(async (host) => {
      const server = createServer({ requestTimeout: 10_000, headersTimeout: 10_000, keepAliveTimeout: 1000 }, onRequest);
      server.on("upgrade", onUpgrade);
      server.maxConnections = 32;
      const { promise, resolve } = Promise.withResolvers<void>();
      server.on("error", (error) => {
        if (host !== "::1") onFailure(renderFailure(error));
        resolve();
      });
      server.listen({ port, host }, resolve);
      await promise;
      return server;
    }),
  );
  return () => {
    for (const server of servers) {
      server.close();
      server.closeAllConnections();
    }
  };
}
