import type { UserCounts } from "../users/user-counts";

/** The tables in which an image and its tags are published, and what counts the image, if anything. */
export interface PublicationTables {
  images: string;
  tags: string;
  counts?: UserCounts | undefined;
}
