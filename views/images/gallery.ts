import type { ApiFailure } from "./api-failure";
import type { ImageFilter, ImageMetadata, ImagePage, ListedImage } from "./images-api";

/** The images that are shown. */
export interface Gallery {
  readonly images: readonly ListedImage[];
  /** Where the next page begins; `undefined` when there is none. */
  readonly nextCursor?: string;
  readonly state: "loading" | "loaded" | "failed";
  readonly failure?: ApiFailure;
  /** The question whose answer is waited for: answers to earlier ones come too late. */
  readonly question: Question;
}

/** What was asked. */
export interface Question {
  /** Who asks; others see other images. */
  readonly asker: string;
  readonly filter: ImageFilter;
  /** Where the page begins that was asked for; of the first, `undefined`. */
  readonly cursor?: string;
}

export type GalleryEvent =
  | { readonly type: "asked"; readonly question: Question }
  | { readonly type: "answered"; readonly question: Question; readonly page: ImagePage }
  /** The first page was asked for once more, because something has happened to images. */
  | { readonly type: "refreshed"; readonly question: Question; readonly page: ImagePage }
  | { readonly type: "failed"; readonly question: Question; readonly failure: ApiFailure }
  | { readonly type: "changed"; readonly image: ImageMetadata }
  | { readonly type: "removed"; readonly imageId: string };

/** Before anything was asked. */
export const noImages: Gallery = {
  images: [],
  state: "loading",
  question: { asker: "", filter: {} },
};

/** The gallery after what has happened. */
export function galleryReducer(gallery: Gallery, event: GalleryEvent): Gallery {
  switch (event.type) {
    case "asked":
      return asked(gallery, event.question);
    case "answered":
      return event.question === gallery.question ? answered(gallery, event.page) : gallery;
    case "refreshed":
      return listOf(event.question) === listOf(gallery.question)
        ? refreshed(gallery, event.page)
        : gallery;
    case "failed":
      return event.question === gallery.question
        ? { ...gallery, state: "failed", failure: event.failure }
        : gallery;
    case "changed": {
      const change = (image: ListedImage) =>
        image.imageId === event.image.imageId ? { ...image, ...event.image } : image;
      return { ...gallery, images: gallery.images.map(change) };
    }
    case "removed":
      return {
        ...gallery,
        images: gallery.images.filter(({ imageId }) => imageId !== event.imageId),
      };
  }
}

/** What is shown stays until the answer, unless that will be of other images. */
function asked(gallery: Gallery, question: Question): Gallery {
  const shown = listOf(gallery.question) === listOf(question) ? gallery : noImages;
  return { images: shown.images, nextCursor: shown.nextCursor, state: "loading", question };
}

/** What tells one list from another, whichever page of it. */
function listOf({ asker, filter: { userId, tag } }: Question): string {
  return JSON.stringify([asker, userId, tag]);
}

function answered({ images, question }: Gallery, page: ImagePage): Gallery {
  const shown = question.cursor === undefined ? [] : images;
  const known = new Set(shown.map(({ imageId }) => imageId));
  // Between two pages images may have come and gone, so that one is on both.
  const further = page.images.filter(({ imageId }) => !known.has(imageId));
  return {
    images: [...shown, ...further],
    nextCursor: page.nextCursor,
    state: "loaded",
    question,
  };
}

/** What the first page has by now, and of what was shown already what comes after it. */
function refreshed(gallery: Gallery, page: ImagePage): Gallery {
  const { images, nextCursor, state, question } = gallery;
  const fresh = new Set(page.images.map(({ imageId }) => imageId));
  const joint = images.findLastIndex(({ imageId }) => fresh.has(imageId));
  // With nothing in common, there may be more between the page and what was shown than can be told.
  const older = page.nextCursor === undefined || joint < 0 ? [] : images.slice(joint + 1);
  return {
    images: [...page.images, ...older],
    nextCursor: older.length > 0 ? nextCursor : page.nextCursor,
    state: state === "loading" ? "loading" : "loaded",
    question,
  };
}
