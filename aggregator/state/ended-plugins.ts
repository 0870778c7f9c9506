/** Which plugins have ended in this life of the aggregator, so that it knows of all their results, and who waits for that. */
export type EndedPlugins = {
  add(plugin: string): void;
  has(plugin: string): boolean;
  /** Resolves when all of them have ended; rejects when the signal aborts. */
  until(plugins: readonly string[], signal: AbortSignal): Promise<void>;
};

/** An empty set. */
export function createEndedPlugins(): EndedPlugins {
  const ends = new Map<string, PromiseWithResolvers<void> & { isOver: boolean }>();
  const endOf = (plugin: string) => {
    const end = ends.get(plugin) ?? { ...Promise.withResolvers<void>(), isOver: false };
    ends.set(plugin, end);
    return end;
  };
  return {
    add(plugin) {
      const end = endOf(plugin);
      end.isOver = true;
      end.resolve();
    },
    has: (plugin) => endOf(plugin).isOver,
    until: (plugins, signal) =>
      new Promise((resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason), { once: true });
        if (signal.aborted) reject(signal.reason);
        void Promise.all(plugins.map((plugin) => endOf(plugin).promise)).then(() => resolve());
      }),
  };
}
