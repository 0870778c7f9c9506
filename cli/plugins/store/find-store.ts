import { isAbsolute, join, resolve } from "node:path";

/** Where installed plugins lie: ours, and Sonobuoy's own, which is only read. Each is a folder that may not be there. */
export type Store = { readonly own: string | undefined; readonly sonobuoy: string | undefined };

/** By the environment alone: $ASDIC_DIR, else $XDG_DATA_HOME/asdic, else ~/.local/share/asdic; and $SONOBUOY_DIR, else ~/.sonobuoy. */
export function findStore({ environment, cwd }: { readonly environment: NodeJS.ProcessEnv; readonly cwd: string }): Store {
  const home = environment["HOME"] || environment["USERPROFILE"] || undefined;
  const folder = environment["ASDIC_DIR"] || dataFolder(environment["XDG_DATA_HOME"], home);
  const sonobuoy = environment["SONOBUOY_DIR"] || (home && join(home, ".sonobuoy"));
  return { own: folder && resolve(cwd, folder, "plugins"), sonobuoy: sonobuoy && resolve(cwd, sonobuoy) };
}

/** A relative $XDG_DATA_HOME is to be ignored, says its specification. */
function dataFolder(wanted: string | undefined, home: string | undefined): string | undefined {
  if (wanted !== undefined && isAbsolute(wanted)) return join(wanted, "asdic");
  return home && join(home, ".local/share/asdic");
}
