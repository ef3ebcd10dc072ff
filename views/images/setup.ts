import { readRenditionSettings } from "../../handlers/renditions/read-settings";
import type { RenditionSettings } from "../../handlers/renditions/settings";

/** What the view takes of the page's context. */
export interface RunContext {
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Texts, which of arrays are JSON; something else in place of a secret. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly endpoints: Readonly<Record<string, unknown>>;
}

/** How requests to the stack's API say who asks. */
export type Access =
  /** By the API key, which is everybody. */
  | "key"
  /** As a user of the local issuer, whoever that is to be. */
  | "local user"
  /** As the user of a token of another issuer. */
  | "token";

/** What the view knows of the stack. */
export interface StackFacts {
  readonly apiUrl: string;
  readonly access: Access;
  readonly settings: RenditionSettings;
  /** The names of presets, each with its operations as the config has them: a query. */
  readonly presets: readonly { readonly name: string; readonly query: string }[];
  /** Largest image, in bytes, that goes through the API. */
  readonly maxApiBytes: number;
  /** Where the CDNs are by plain HTTP. */
  readonly plainHttp: Readonly<Record<string, string>>;
}

/** What `Pulumi.yaml` has as the default of `maxUploadBytes`. */
const defaultApiBytes = 4 * 1024 * 1024;

/** The facts of the stack whose outputs, config and addresses are those of `context`; none without an API. */
export function factsOf({ outputs, config, endpoints }: RunContext): StackFacts | undefined {
  const { apiUrl, oidcIssuer } = outputs;
  if (typeof apiUrl !== "string") {
    return undefined;
  }
  const presets = textsOf(config.presets);
  return {
    apiUrl,
    access: accessOf(oidcIssuer, endpoints.oidcIssuer),
    settings: settingsOf(presets, config),
    presets: presets.map((text) => {
      const [name = "", query = ""] = text.split("?");
      return { name, query };
    }),
    maxApiBytes: Number(config.maxUploadBytes ?? defaultApiBytes),
    plainHttp: addressesOf(endpoints.cdnPlainHttp),
  };
}

function accessOf(issuer: unknown, localIssuer: unknown): Access {
  if (typeof issuer !== "string") {
    return "key";
  }
  return issuer === localIssuer ? "local user" : "token";
}

function settingsOf(presets: readonly string[], config: RunContext["config"]): RenditionSettings {
  const read = readRenditionSettings({
    presets,
    presetsOnly: config.presetsOnly === "true",
    publicPresets: textsOf(config.publicPresets),
    watermark: typeof config.watermark === "string" ? config.watermark : "",
  });
  // The run would not be up with settings that are wrong.
  return "settings" in read
    ? read.settings
    : { presets: {}, presetsOnly: false, publicPresets: [] };
}

/** The texts of a list in the config, which is JSON. */
function textsOf(text: unknown): string[] {
  const value: unknown = typeof text === "string" ? JSON.parse(text) : undefined;
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}

function addressesOf(value: unknown): Record<string, string> {
  return typeof value === "object" && value !== null
    ? Object.fromEntries(
        Object.entries(value).filter(
          (pair): pair is [string, string] => typeof pair[1] === "string",
        ),
      )
    : {};
}
