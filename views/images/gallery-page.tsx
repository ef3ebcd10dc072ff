import { Button, Empty, formatBytes, hrefTo, Loading, Panel } from "../../local/page/ui/kit";
import { DropTarget } from "./drop-target";
import { FailureNote } from "./failure-note";
import { FilterBar } from "./filter-bar";
import { IdentityBar } from "./identity-bar";
import { shownSize } from "./image-shape";
import type { ImageFilter, ListedImage } from "./images-api";
import { Picture } from "./picture";
import { UploadList } from "./upload-list";
import type { OpenGallery } from "./use-gallery";
import type { Session } from "./use-session";
import { useTileUrl } from "./use-tile-url";
import { uploadQueue, useUploads } from "./use-uploads";

interface GalleryPageProps {
  session: Session;
  gallery: OpenGallery;
  filter: ImageFilter;
}

/** All images that a filter leaves, and how further ones come in. */
export function GalleryPage({ session, gallery, filter }: GalleryPageProps) {
  const uploads = useUploads(gallery.refresh);
  return (
    <div class="images">
      <Panel title="Images" actions={<FilterBar filter={filter} byUser={session.seesAll} />}>
        <DropTarget
          onFiles={(files) => {
            uploadQueue.add(files, session.upload);
          }}
        >
          <IdentityBar session={session} />
        </DropTarget>
        <UploadList uploads={uploads} />
        <Grid session={session} gallery={gallery} isFiltered={!!(filter.userId ?? filter.tag)} />
      </Panel>
    </div>
  );
}

function Grid({
  session,
  gallery,
  isFiltered,
}: Omit<GalleryPageProps, "filter"> & { isFiltered: boolean }) {
  const { images, state, failure, nextCursor } = gallery;
  return (
    <>
      {images.length > 0 && (
        <ul class="grid">
          {images.map((image) => (
            <Tile key={image.imageId} image={image} session={session} />
          ))}
        </ul>
      )}
      {failure && <FailureNote failure={failure} onRetry={gallery.reload} />}
      {state === "loading" && images.length === 0 && <Loading what="Loading images" />}
      {state === "loaded" && images.length === 0 && <NoImages isFiltered={isFiltered} />}
      {nextCursor !== undefined && (
        <p class="more">
          <Button onClick={gallery.more} disabled={state === "loading"}>
            Show more
          </Button>
        </p>
      )}
    </>
  );
}

function NoImages({ isFiltered }: { isFiltered: boolean }) {
  return isFiltered ? (
    <Empty title="No image is like that.">
      <p>
        <a href={hrefTo("images")}>Show all</a>
      </p>
    </Empty>
  ) : (
    <Empty title="There is no image yet.">
      <p>Drop some on this page: JPEG, PNG, GIF or WebP, of up to 100 MB each.</p>
    </Empty>
  );
}

function Tile({ image, session }: { image: ListedImage; session: Session }) {
  const { width, height } = shownSize(image);
  const url = useTileUrl(session, image);
  return (
    <li>
      <a class="tile" href={hrefTo("images", [image.imageId])}>
        <Picture image={image} url={url} plainHttp={session.plainHttp} />
        <span class="tile-name">
          <bdi>{image.imageName}</bdi>
        </span>
        <span class="tile-facts">
          {session.seesAll && (
            <>
              <bdi>{image.userId}</bdi>
              {" · "}
            </>
          )}
          {width} × {height} · {formatBytes(image.size)}
        </span>
      </a>
    </li>
  );
}
