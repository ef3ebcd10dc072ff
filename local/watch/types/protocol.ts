/** Messages between `npm start` and the process that checks types, over Node's IPC channel. */

/** Asks for the errors that there are now. */
export interface CheckRequest {
  programDir: string;
  /** Absolute paths of the sources that everything else is imported from. */
  entryPoints: readonly string[];
  /** Absolute paths of files and folders that were changed, made or removed since the last request. */
  changed: readonly string[];
}

/** What came of it. */
export type CheckReply =
  | { kind: "checked"; errors: TypeProblem[] }
  /** Why types cannot be checked in this program. */
  | { kind: "unavailable"; reason: string };

/** A type error, as esbuild has those that it finds itself. */
export interface TypeProblem {
  text: string;
  /** More of what the compiler says. */
  notes: string[];
  /** Absent where it is about no file. */
  location?: {
    /** An absolute path. */
    file: string;
    /** From 1. */
    line: number;
    /** In bytes of UTF-8, from 0. */
    column: number;
    /** In bytes. */
    length: number;
    lineText: string;
  };
}
