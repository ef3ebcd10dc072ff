import { flag } from "./config-values";

/** Keys of the stack's config that say whether others are told what happens. */
export const eventsShape = {
  publishEvents: flag(),
};
