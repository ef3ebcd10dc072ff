import { useState } from "preact/hooks";
import { Button, Dialog, formatName, navigate } from "../../local/page/ui/kit";
import { type ApiFailure, asFailure } from "./api-failure";
import { FailureNote } from "./failure-note";
import { galleryHref } from "./image-address";
import type { ImageFilter, ImageMetadata } from "./images-api";
import type { OpenGallery } from "./use-gallery";
import type { Session } from "./use-session";

interface DeleteImageProps {
  image: ImageMetadata;
  session: Session;
  gallery: OpenGallery;
  /** Which images are gone back to. */
  filter: ImageFilter;
}

/** Deletes the image, once that was confirmed. */
export function DeleteImage({
  image: { imageId, imageName },
  session,
  gallery,
  filter,
}: DeleteImageProps) {
  const [isAsking, setAsking] = useState(false);
  const [failure, setFailure] = useState<ApiFailure>();
  const remove = async () => {
    try {
      await session.api.remove(imageId);
      gallery.happened({ type: "removed", imageId });
      navigate(galleryHref(filter));
    } catch (error) {
      setFailure(asFailure(error));
    }
  };
  const close = () => {
    setAsking(false);
    setFailure(undefined);
  };
  return (
    <>
      <Button
        kind="danger"
        onClick={() => {
          setAsking(true);
        }}
      >
        Delete
      </Button>
      {isAsking && (
        <Dialog title={`Delete ${formatName(imageName)}?`} onClose={close}>
          <p>It goes for good, with every version and all renditions of it.</p>
          {failure && <FailureNote failure={failure} />}
          <p class="dialog-actions">
            <Button onClick={close}>Keep</Button>
            <Button kind="danger" onClick={remove}>
              Delete for good
            </Button>
          </p>
        </Dialog>
      )}
    </>
  );
}
