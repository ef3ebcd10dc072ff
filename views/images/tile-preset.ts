import type { RenditionSettings } from "../../handlers/renditions/settings";

/** Pixels that a tile is wide, on screens with two pixels a point. */
export const tileWidth = 480;

/**
 * The preset that tiles show: the smallest that is as wide as they are, or else the widest; one without
 * a width only where no other is. There may be no preset at all.
 */
export function tilePresetOf({ presets }: RenditionSettings): string | undefined {
  const byWidth = Object.entries(presets)
    .map(([name, text]) => ({ name, width: Number(/(?:^|_)width-(\d+)/.exec(text)?.[1] ?? 0) }))
    .sort((one, other) => one.width - other.width);
  return (byWidth.find(({ width }) => width >= tileWidth) ?? byWidth.at(-1))?.name;
}
