/** Absolute paths of files that the commands read. */
export interface WelcomeFiles {
  /** `outputs.json`, from which the commands take secrets, such as an API's key. */
  outputs: string;
  /** A PNG image to upload. */
  sampleImage: string;
  /** Certificate of the authority that the local CDN's is signed by. */
  ca: string;
}

/** What the commands of a program are made of. */
export interface WelcomeContext {
  /** The stack's outputs, secrets in clear: none of these belongs into a command. */
  outputs: Readonly<Record<string, unknown>>;
  files: WelcomeFiles;
  /** Values of the stack's config, by keys with their namespace. */
  config: Readonly<Record<string, string>>;
  /** The line that sets TOKEN, or says what it has to be; only where the stack takes tokens. */
  tokenLine: string | undefined;
  /** Makes a text one word of a POSIX shell. */
  quote: (text: string) => string;
}

/**
 * Lines that try a program's stack, to be pasted into a shell. A program brings them as the export
 * `welcome` of `views/welcome.ts`, in which Node.js strips the types: it imports nothing but types.
 */
export type WelcomeCommands = (context: WelcomeContext) => string[];
