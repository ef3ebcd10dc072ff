/** https://github.com/architect/dynalite: the part of its interface that is used here. */
declare module "dynalite" {
  import type { Server } from "node:http";

  interface DynaliteOptions {
    /** Folder of the LevelDB store. Default in memory. */
    path?: string;
    /** Milliseconds for which a new table is `CREATING`. Default 500. */
    createTableMs?: number;
    /** Milliseconds for which a deleted table is `DELETING`. Default 500. */
    deleteTableMs?: number;
  }

  /** A server that does not listen yet. Closing it closes the store. */
  function dynalite(options: DynaliteOptions): Server;
  export = dynalite;
}
