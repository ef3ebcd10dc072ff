import { useCallback, useEffect, useState } from "preact/hooks";
import type { ListedImage } from "./images-api";
import { tilePresetOf, tileWidth } from "./tile-preset";
import type { Session } from "./use-session";

/** The URL of an image's tile. */
export interface TileUrl {
  readonly url: string | undefined;
  /** Asks for another one, as URLs end while the page is open. */
  readonly renew: () => void;
}

/** The URL of an image's tile: the list has it, unless the stack has no preset that would do. */
export function useTileUrl({ api, settings }: Session, image: ListedImage): TileUrl {
  const [signed, setSigned] = useState<string>();
  const preset = tilePresetOf(settings);
  const { imageId } = image;
  const listed = preset === undefined ? undefined : image.urls?.[preset];
  const renew = useCallback(() => {
    const query = preset === undefined ? `width=${tileWidth}` : `preset=${preset}`;
    // Without it, the placeholder stays.
    api.renditionUrl(imageId, query).then(setSigned, () => undefined);
  }, [api, preset, imageId]);
  useEffect(() => {
    // A list that was asked for again has newer ones.
    setSigned(undefined);
    if (preset === undefined) {
      renew();
    }
  }, [preset, listed, renew]);
  return { url: signed ?? listed, renew };
}
