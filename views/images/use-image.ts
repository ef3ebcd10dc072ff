import { useCallback, useEffect, useState } from "preact/hooks";
import { useEvents } from "../../local/page/ui/kit";
import { ApiFailure, asFailure } from "./api-failure";
import { changesBy } from "./image-changes";
import type { ImageMetadata } from "./images-api";
import type { OpenGallery } from "./use-gallery";
import type { Session } from "./use-session";

const deleted = new ApiFailure("The image was deleted.");

/** One image as the API has it now. */
export interface OpenImage {
  readonly image?: ImageMetadata;
  readonly failure?: ApiFailure;
  /** Whether it is gone, which is a failure, too. */
  readonly isDeleted: boolean;
  readonly reload: () => void;
  /** Shows it as it has become. */
  readonly changed: (image: ImageMetadata) => void;
}

/** The image of an id, kept up to date; until the API has answered, as the gallery has it. */
export function useImage({ api }: Session, gallery: OpenGallery, imageId: string): OpenImage {
  const [image, setImage] = useState<ImageMetadata | undefined>(() =>
    gallery.images.find((each) => each.imageId === imageId),
  );
  const [failure, setFailure] = useState<ApiFailure>();
  const [isDeleted, setDeleted] = useState(false);
  const { happened } = gallery;
  const changed = useCallback(
    (current: ImageMetadata) => {
      setImage(current);
      setFailure(undefined);
      happened({ type: "changed", image: current });
    },
    [happened],
  );
  const reload = useCallback(() => {
    api.get(imageId).then(changed, (error: unknown) => {
      setFailure(asFailure(error));
    });
  }, [api, imageId, changed]);
  useEffect(reload, [reload]);
  useEvents(["request"], (_, { requests }) => {
    const { any, changed: those, removed } = changesBy(requests);
    if (removed.includes(imageId)) {
      setDeleted(true);
    } else if (those.includes(imageId) || (any && image && image.dominantColor === undefined)) {
      reload();
    }
  });
  // Whatever is answered later was asked for earlier: no other image gets the id.
  return { image, failure: isDeleted ? deleted : failure, isDeleted, reload, changed };
}
