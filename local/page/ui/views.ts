import { view as data } from "./data/view";
import { view as inbox } from "./inbox/view";
import type { View } from "./kit";
import { view as requests } from "./requests/view";
import { view as stack } from "./stack/view";

/** The page's own views; a program's are added to them. */
export const views: readonly View[] = [requests, stack, inbox, data];
