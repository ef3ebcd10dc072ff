import type { Watermark } from "./operations";

/**
 * What the stack's config says of renditions, as it is compiled into the CloudFront Function and given
 * to functions as JSON in `RENDITION_SETTINGS`. Made by `readRenditionSettings`.
 */
export interface RenditionSettings {
  /** Operations in their normal form, by the preset's name. */
  readonly presets: Readonly<Record<string, string>>;
  /** Whether operations are accepted as presets only. */
  readonly presetsOnly: boolean;
  /** Presets whose URLs need no signature. */
  readonly publicPresets: readonly string[];
  /** What `watermark` lays over renditions, and how where it does not say; without, there is none. */
  readonly watermark?: Watermark & { readonly imageId: string };
}
