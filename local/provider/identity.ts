import { createHmac, randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Properties } from "./resource";

const seedFile = "seed";
/** https://www.pulumi.com/docs/iac/concepts/resources/names/#autonaming */
const suffixLength = 7;

/**
 * Names and identifiers of resources, the same at every start on one data folder: they are derived
 * from the resource's URN and a random seed that the folder keeps.
 */
export class Identity {
  readonly #seed: Buffer;

  /** @param dataDir the folder that keeps the seed. It must exist. */
  constructor(dataDir: string) {
    const path = join(dataDir, seedFile);
    if (!existsSync(path)) {
      writeFileSync(path, randomBytes(32).toString("hex"), { mode: 0o600 });
    }
    this.#seed = Buffer.from(readFileSync(path, "utf8"), "hex");
  }

  /** `length` characters of `alphabet`, evenly drawn, for this URN and purpose. */
  stableId(urn: string, purpose: string, length: number, alphabet: string): string {
    const fair = 256 - (256 % alphabet.length);
    let id = "";
    for (let block = 0; id.length < length; block++) {
      const bytes = createHmac("sha512", this.#seed)
        .update(`${urn}\0${purpose}\0${block}`)
        .digest();
      for (const byte of bytes) {
        if (byte < fair) {
          id += alphabet.charAt(byte % alphabet.length);
        }
      }
    }
    return id.slice(0, length);
  }

  /** `inputs[property]`, or the logical name and a suffix of seven hex digits. */
  physicalName(urn: string, name: string, inputs: Properties, property: string): string {
    const given = inputs[property];
    if (typeof given === "string" && given !== "") {
      return given;
    }
    return `${name}-${this.stableId(urn, property, suffixLength, "0123456789abcdef")}`;
  }
}
