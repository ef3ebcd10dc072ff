import type { Logger } from "@aws-lambda-powertools/logger";
import { getSignedUrl } from "@aws-sdk/cloudfront-signer";
import { createSsm } from "../../aws/clients";
import { integerSetting, setting } from "../../aws/settings";
import { renditionsPrefix } from "../rendition-keys";
import type { RenditionSettings } from "../settings";
import { keptSigningKey, type SigningKey } from "./signing-key";

/** Seconds for which a URL works if nobody asks for another time, where that is not above the maximum. */
const usualSeconds = 60 * 60;

/** How the stack signs URLs. */
export interface UrlSettings {
  /** Where the distribution is: `https://<host>`, without a slash at the end. */
  edgeUrl: string;
  renditions: RenditionSettings;
  /** The longest that a URL may be asked to work, in seconds. */
  maxSeconds: number;
  /**
   * URLs end at multiples of so many seconds since 1970, so that all that are asked for within such a
   * window are one URL, which browsers and CloudFront have cached.
   */
  windowSeconds: number;
}

/** What a URL gets. */
export interface RenditionRequest {
  imageId: string;
  /** As a path has it: the name of a preset, or operations in the normal form. */
  operations: string;
  /** How long the URL has to work, in seconds from 1. `@default` an hour, or the maximum if that is less */
  expires?: number | undefined;
  /** Under which name a browser is to save it. `@default` none: it is shown. */
  download?: string | undefined;
}

/** A URL, and until when it works. */
export interface RenditionUrl {
  url: string;
  /** ISO 8601, UTC; left out for a public preset, whose URL has no end. */
  expiresAt?: string;
}

/** Makes URLs of renditions, signed for the distribution that serves them. */
export class RenditionUrls {
  readonly settings: UrlSettings;
  readonly #key: () => Promise<SigningKey>;
  readonly #clock: () => number;

  /** @param clock milliseconds since 1970. */
  constructor(
    settings: UrlSettings,
    key: () => Promise<SigningKey>,
    clock: () => number = Date.now,
  ) {
    this.settings = settings;
    this.#key = key;
    this.#clock = clock;
  }

  /** The URL of one rendition. Equal requests within a window give equal URLs. */
  async url(request: RenditionRequest): Promise<RenditionUrl> {
    const { edgeUrl, renditions } = this.settings;
    const { imageId, operations, expires, download } = request;
    const query = download === undefined ? "" : `?download=${encodeURIComponent(download)}`;
    const url = `${edgeUrl}/${renditionsPrefix(imageId)}${operations}${query}`;
    if (renditions.publicPresets.includes(operations)) {
      return { url };
    }
    const end = this.#end(expires);
    return { url: signed(url, end, await this.#key()), expiresAt: new Date(end).toISOString() };
  }

  /** The URLs of an image by these presets, which work as long as is usual. */
  async byPreset(imageId: string, presets: readonly string[]): Promise<Record<string, string>> {
    const urls = presets.map(async (preset) => {
      const { url } = await this.url({ imageId, operations: preset });
      return [preset, url] as const;
    });
    return Object.fromEntries(await Promise.all(urls));
  }

  /** Milliseconds since 1970. */
  #end(expires = usualSeconds): number {
    const { maxSeconds, windowSeconds } = this.settings;
    const seconds = this.#clock() / 1000 + Math.min(expires, maxSeconds);
    return Math.ceil(seconds / windowSeconds) * windowSeconds * 1000;
  }
}

/**
 * With a canned policy, which is shorter than one of one's own. RSA, which gives the same signature
 * each time, as ECDSA does not; a list of 100 images by three presets takes a fifth of a second.
 *
 * @param end milliseconds since 1970.
 */
function signed(url: string, end: number, key: SigningKey): string {
  return getSignedUrl({ url, dateLessThan: end, algorithm: "SHA256", ...key });
}

/**
 * URLs as the environment says: `EDGE_URL`, `RENDITION_SETTINGS`, `MAX_URL_SECONDS`,
 * `URL_WINDOW_SECONDS`, and `SIGNING_KEY_PARAMETER`, which is read when the first URL is signed.
 *
 * @throws Error when one is missing.
 */
export function createRenditionUrls(settings: NodeJS.ProcessEnv, logger: Logger): RenditionUrls {
  const parameter = setting(settings, "SIGNING_KEY_PARAMETER");
  const key = keptSigningKey(createSsm(), parameter, logger);
  return new RenditionUrls(
    {
      edgeUrl: setting(settings, "EDGE_URL"),
      renditions: JSON.parse(setting(settings, "RENDITION_SETTINGS")) as RenditionSettings,
      maxSeconds: integerSetting(settings, "MAX_URL_SECONDS"),
      windowSeconds: integerSetting(settings, "URL_WINDOW_SECONDS"),
    },
    () => key.current(),
  );
}
