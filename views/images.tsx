import { Empty, Panel, useContext, type View, type ViewProps } from "../local/page/ui/kit";
import "./images/images.css";
import { GalleryPage } from "./images/gallery-page";
import { ImagePage } from "./images/image-page";
import { useGallery } from "./images/use-gallery";
import { useSession } from "./images/use-session";

/** The images of the stack: to upload, look at, try renditions of, change and delete. */
export const view: View = { id: "images", title: "Images", order: 0, component: Images };

function Images({ path: [imageId], query }: ViewProps) {
  const loaded = useContext();
  const session = useSession(loaded.data);
  const filter = { userId: query.get("user") ?? undefined, tag: query.get("tag") ?? undefined };
  const gallery = useGallery(session, filter);
  if (!session) {
    return (
      <Panel title="Images" loaded={loaded}>
        <Empty title="The stack has no output apiUrl.">
          <p>This view speaks with the image API at that address.</p>
        </Empty>
      </Panel>
    );
  }
  return imageId === undefined ? (
    <GalleryPage session={session} gallery={gallery} filter={filter} />
  ) : (
    <ImagePage
      key={imageId}
      imageId={imageId}
      session={session}
      gallery={gallery}
      filter={filter}
    />
  );
}
