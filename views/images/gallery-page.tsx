import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import {
  Button,
  Empty,
  formatBytes,
  formatName,
  hrefTo,
  Loading,
  Panel,
} from "../../local/page/ui/kit";
import { DropTarget } from "./drop-target";
import { FailureNote } from "./failure-note";
import { FilterBar } from "./filter-bar";
import { imageHref } from "./image-address";
import { IdentityBar } from "./identity-bar";
import { shownSize } from "./image-shape";
import { type ImageFilter, isFiltered, type ListedImage } from "./images-api";
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
            leaveField();
            uploadQueue.add(files, session.uploader());
          }}
        >
          <IdentityBar session={session} />
        </DropTarget>
        <UploadList uploads={uploads} />
        <Grid session={session} gallery={gallery} filter={filter} />
      </Panel>
    </div>
  );
}

function Grid({ session, gallery, filter }: GalleryPageProps) {
  const { images, state, failure, nextCursor } = gallery;
  const grid = useRef<HTMLUListElement>(null);
  const goOnAt = useFocusOnNew(grid, images.length);
  return (
    <>
      {images.length > 0 && (
        <ul class="grid" ref={grid}>
          {images.map((image) => (
            <Tile
              key={image.imageId}
              image={image}
              session={session}
              href={imageHref(filter, image.imageId)}
            />
          ))}
        </ul>
      )}
      {failure && <FailureNote failure={failure} onRetry={gallery.reload} />}
      {state === "loading" && images.length === 0 && <Loading what="Loading images" />}
      {state === "loaded" && images.length === 0 && <NoImages hasFilter={isFiltered(filter)} />}
      {nextCursor !== undefined && (
        <p class="more">
          <Button
            onClick={() => {
              goOnAt();
              gallery.more();
            }}
          >
            Show more
          </Button>
        </p>
      )}
    </>
  );
}

/** What is being typed counts as if the field had been left: images are dropped without that. */
function leaveField(): void {
  if (document.activeElement instanceof HTMLInputElement) {
    document.activeElement.blur();
  }
}

/**
 * Goes on at the first of the images that are added to a grid.
 *
 * @returns what is called before they are asked for.
 */
function useFocusOnNew(grid: RefObject<HTMLElement | null>, length: number): () => void {
  const before = useRef<number | undefined>(undefined);
  useLayoutEffect(() => {
    if (before.current !== undefined && length > before.current) {
      const first = grid.current?.children[before.current]?.querySelector("a");
      first?.focus({ preventScroll: true });
      before.current = undefined;
    }
  }, [length]);
  return () => {
    before.current = length;
  };
}

function NoImages({ hasFilter }: { hasFilter: boolean }) {
  return hasFilter ? (
    <Empty title="No image is like that.">
      <p>
        <a href={hrefTo("images")}>Show all</a>
      </p>
    </Empty>
  ) : (
    <Empty title="There is no image yet.">
      <p>Drop some on this page: JPEG, PNG, GIF or WebP.</p>
    </Empty>
  );
}

interface TileProps {
  image: ListedImage;
  session: Session;
  href: string;
}

function Tile({ image, session, href }: TileProps) {
  const { width, height } = shownSize(image);
  const { url, renew } = useTileUrl(session, image);
  return (
    <li>
      <a class="tile" href={href}>
        <Picture image={image} url={url} plainHttp={session.plainHttp} onEnded={renew} />
        <span class="tile-name">
          <bdi>{formatName(image.imageName)}</bdi>
        </span>
        <span class="tile-facts">
          {session.seesAll && (
            <>
              <bdi>{formatName(image.userId)}</bdi>
              {" · "}
            </>
          )}
          {width} × {height} · {formatBytes(image.size)}
        </span>
      </a>
    </li>
  );
}
