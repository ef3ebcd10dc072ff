import type { RenditionSettings } from "../../../handlers/renditions/settings";

/** Settings as a stack has them that configures a watermark. */
export const settings: RenditionSettings = {
  presets: {
    thumb: "width-240_height-240_format-auto",
    small: "width-640_format-auto",
    large: "width-1600_format-auto",
  },
  presetsOnly: false,
  publicPresets: [],
  watermark: {
    imageId: "0b4e5a2e-6a31-4bd5-9d5b-6ff5e8a0c3d1",
    position: "southeast",
    opacity: 0.5,
    scale: 0.2,
    fingerprint: "0123abcd",
  },
};
