import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { isMap, parseDocument } from "yaml";
import type { Project } from "../engine/project";
import { writeSecretFile } from "./write-secret-file";

/** In a stack's file: what its secrets are encrypted with. */
const saltKey = "encryptionsalt";
const encryptionKeys = [saltKey, "secretsprovider", "encryptedkey"];

const saltLine = /^encryptionsalt: .*(?:\n|$)/m;

/** Written behind the text as it is: a YAML library would write some values in another way. */
function withSalt(text: string, salt: string): string {
  const { contents } = parseDocument(text);
  if (isMap(contents) && contents.flow === true) {
    const config = parseDocument(text);
    config.set(saltKey, salt);
    return String(config);
  }
  return `${text.trimEnd()}\n${saltKey}: ${salt}\n`.trimStart();
}

/** Runs the CLI where it is not to be seen. @throws Error with what it printed. */
export type RunQuietly = (args: readonly string[], env: NodeJS.ProcessEnv) => Promise<void>;

/**
 * Pulumi's state, settings and passphrase, kept with the data of the local cloud, so that those of
 * the user are left alone.
 */
export class PulumiHome {
  readonly #folder: string;
  readonly #project: Project;
  readonly #stack: string;

  /** @param dataDir must exist. */
  constructor(dataDir: string, project: Project, stack: string) {
    this.#folder = join(dataDir, "pulumi");
    this.#project = project;
    this.#stack = stack;
  }

  /** What the CLI's environment has to have. Makes the folder if there is none. */
  async environment(): Promise<NodeJS.ProcessEnv> {
    await mkdir(join(this.#folder, "home"), { recursive: true, mode: 0o700 });
    if (!existsSync(this.#passphraseFile)) {
      await writeSecretFile(this.#passphraseFile, randomBytes(32).toString("base64url"));
    }
    return {
      // The packages of the program that the local cloud does not stand in for are not downloaded
      // by the way: it needs none of those that come with its SDKs.
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      ...process.env,
      ...((await this.#encryptsItself()) ? {} : this.#ownPassphrase),
      PULUMI_BACKEND_URL: pathToFileURL(this.#folder).href,
      PULUMI_HOME: join(this.#folder, "home"),
      PULUMI_STACK: this.#stack,
    };
  }

  /**
   * Makes the stack if there is none, and a copy of its config for the CLI, which would else write the
   * salt of its passphrase into the project's file.
   *
   * @returns the copy's path.
   */
  async prepareStack(runQuietly: RunQuietly, env: NodeJS.ProcessEnv): Promise<string> {
    const { name } = this.#project;
    const stackFile = join(this.#folder, ".pulumi", "stacks", name, `${this.#stack}.json`);
    if (!existsSync(stackFile)) {
      await this.#createStack(runQuietly, env);
    }
    const config = await this.#readConfig();
    const salt = parseDocument(await readFile(this.#configCopy, "utf8")).get(saltKey);
    const isEncrypted = await this.#encryptsItself();
    await writeSecretFile(this.#configCopy, isEncrypted ? config : withSalt(config, String(salt)));
    return this.#configCopy;
  }

  /** Takes over into the project's file what `config set` has changed in the copy. */
  async takeOverConfig(before: string): Promise<void> {
    const after = await readFile(this.#configCopy, "utf8");
    if (after !== before) {
      const isEncrypted = await this.#encryptsItself();
      await writeFile(this.#configFile, isEncrypted ? after : after.replace(saltLine, ""));
    }
  }

  /** Whether the user has chosen how the stack's secrets are encrypted. */
  async #encryptsItself(): Promise<boolean> {
    const config = parseDocument(await this.#readConfig());
    return encryptionKeys.some((key) => config.has(key));
  }

  get #ownPassphrase(): NodeJS.ProcessEnv {
    return {
      PULUMI_CONFIG_PASSPHRASE: undefined,
      PULUMI_CONFIG_PASSPHRASE_FILE: this.#passphraseFile,
    };
  }

  get #passphraseFile(): string {
    return join(this.#folder, "passphrase");
  }

  get #configFile(): string {
    return join(this.#project.dir, `Pulumi.${this.#stack}.yaml`);
  }

  get #configCopy(): string {
    return join(this.#folder, `Pulumi.${this.#stack}.yaml`);
  }

  async #readConfig(): Promise<string> {
    return existsSync(this.#configFile) ? await readFile(this.#configFile, "utf8") : "";
  }

  /** In a folder of its own: a new stack's salt goes into the file in the working directory. */
  async #createStack(runQuietly: RunQuietly, env: NodeJS.ProcessEnv): Promise<void> {
    const folder = await mkdtemp(join(this.#folder, "new-stack-"));
    const file = `Pulumi.${this.#stack}.yaml`;
    try {
      await writeFile(
        join(folder, "Pulumi.yaml"),
        `name: ${JSON.stringify(this.#project.name)}\nruntime: nodejs\n`,
      );
      await writeFile(join(folder, file), await this.#readConfig());
      const args = ["stack", "init", this.#stack, "--non-interactive", "--cwd", folder];
      await runQuietly(args, env);
      await copyFile(join(folder, file), this.#configCopy);
    } finally {
      await rm(folder, { recursive: true });
    }
  }
}
