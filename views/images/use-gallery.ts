import { useCallback, useEffect, useReducer } from "preact/hooks";
import { asFailure } from "./api-failure";
import {
  type Gallery,
  type GalleryEvent,
  galleryReducer,
  noImages,
  type Question,
} from "./gallery";
import type { ImageFilter } from "./images-api";
import { tilePresetOf } from "./tile-preset";
import type { Session } from "./use-session";

/** The images of a filter, and what may happen to them. */
export interface OpenGallery extends Gallery {
  readonly more: () => void;
  readonly reload: () => void;
  readonly happened: (event: GalleryEvent) => void;
}

/** The images that a filter leaves, as whom the session says. */
export function useGallery(
  session: Session | undefined,
  { userId, tag }: ImageFilter,
): OpenGallery {
  const [gallery, happened] = useReducer(galleryReducer, noImages);
  const ask = useCallback(
    (cursor?: string) => {
      if (session) {
        void answer(
          session,
          { asker: askerOf(session), filter: { userId, tag }, cursor },
          happened,
        );
      }
    },
    [session, userId, tag],
  );
  const reload = useCallback(() => {
    ask();
  }, [ask]);
  const more = () => {
    ask(gallery.nextCursor);
  };
  useEffect(reload, [reload]);
  return { ...gallery, more, reload, happened };
}

function askerOf({ seesAll, identity }: Session): string {
  return seesAll ? "" : identity.user;
}

async function answer(
  { api, settings }: Session,
  question: Question,
  happened: (event: GalleryEvent) => void,
): Promise<void> {
  happened({ type: "asked", question });
  const preset = tilePresetOf(settings);
  try {
    const page = await api.list(question.filter, preset ? [preset] : [], question.cursor);
    happened({ type: "answered", question, page });
  } catch (error) {
    happened({ type: "failed", question, failure: asFailure(error) });
  }
}
