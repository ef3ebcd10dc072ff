import { useEffect, useState } from "preact/hooks";
import type { ListedImage } from "./images-api";
import { tilePresetOf, tileWidth } from "./tile-preset";
import type { Session } from "./use-session";

/** The URL of an image's tile: the list has it, unless the stack has no preset that would do. */
export function useTileUrl({ api, settings }: Session, image: ListedImage): string | undefined {
  const [signed, setSigned] = useState<string>();
  const preset = tilePresetOf(settings);
  const { imageId } = image;
  useEffect(() => {
    if (preset === undefined) {
      // Without it, the placeholder stays.
      api.renditionUrl(imageId, `width=${tileWidth}`).then(setSigned, () => undefined);
    }
  }, [api, preset, imageId]);
  return preset === undefined ? signed : image.urls?.[preset];
}
