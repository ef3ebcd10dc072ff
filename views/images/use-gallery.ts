import { useCallback, useEffect, useReducer, useRef } from "preact/hooks";
import { useEvents } from "../../local/page/ui/kit";
import { asFailure } from "./api-failure";
import {
  type Gallery,
  type GalleryEvent,
  galleryReducer,
  noImages,
  type Question,
} from "./gallery";
import { changesBy } from "./image-changes";
import type { ImageFilter, ImagePage } from "./images-api";
import { tilePresetOf } from "./tile-preset";
import type { Session } from "./use-session";

/** How long further changes are waited for before images are asked for anew, in milliseconds. */
const refreshMs = 500;

/** The images of a filter, and what may happen to them. */
export interface OpenGallery extends Gallery {
  readonly more: () => void;
  readonly reload: () => void;
  /** Shows what there is by now, and goes on with what was shown after it. */
  readonly refresh: () => void;
  readonly happened: (event: GalleryEvent) => void;
}

/** The images that a filter leaves, as whom the session says, kept up to date. */
export function useGallery(
  session: Session | undefined,
  { userId, tag }: ImageFilter,
): OpenGallery {
  const [gallery, happened] = useReducer(galleryReducer, noImages);
  const askedAt = useRef(0);
  const ask = useCallback(
    (cursor?: string) => {
      askedAt.current = Date.now();
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
  const refresh: () => void = useLater(() => {
    if (session && gallery.state === "loading") {
      refresh();
    } else if (session) {
      void answerAgain(session, { asker: askerOf(session), filter: { userId, tag } }, happened);
    }
  });
  useEvents(["connected"], () => {
    // At its start, the page has just asked.
    if (Date.now() - askedAt.current > refreshMs) {
      refresh();
    }
  });
  useEvents(["request"], (_, { requests }) => {
    const { any, removed } = changesBy(requests);
    for (const imageId of removed) {
      happened({ type: "removed", imageId });
    }
    if (any) {
      refresh();
    }
  });
  const more = () => {
    if (gallery.state !== "loading") {
      ask(gallery.nextCursor);
    }
  };
  useEffect(reload, [reload]);
  return { ...gallery, more, reload, refresh, happened };
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
  try {
    happened({ type: "answered", question, page: await pageOf({ api, settings }, question) });
  } catch (error) {
    happened({ type: "failed", question, failure: asFailure(error) });
  }
}

async function answerAgain(
  session: Session,
  question: Question,
  happened: (event: GalleryEvent) => void,
): Promise<void> {
  try {
    happened({ type: "refreshed", question, page: await pageOf(session, question) });
  } catch {
    // Nobody has asked for it: what is shown stays, and the next change asks again.
  }
}

async function pageOf(
  { api, settings }: Pick<Session, "api" | "settings">,
  { filter, cursor }: Question,
): Promise<ImagePage> {
  const preset = tilePresetOf(settings);
  return await api.list(filter, preset ? [preset] : [], cursor);
}

/** Calls `act` a while after it was asked to, once however often that is. */
function useLater(act: () => void): () => void {
  const latest = useRef(act);
  latest.current = act;
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
    },
    [],
  );
  return useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      latest.current();
    }, refreshMs);
  }, []);
}
