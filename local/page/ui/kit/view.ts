import type { ComponentType } from "preact";

/**
 * One entry of the page's navigation. A program's own are its files `views/*.tsx`, each of which
 * exports one as `view`.
 */
export interface View {
  /** In lower case, as the address has it: `#/images`. */
  id: string;
  /** What the navigation and the document's title say. */
  title: string;
  /** Where it stands in the navigation: the lowest first. The page's own have 100 and more. */
  order: number;
  component: ComponentType<ViewProps>;
}

/** What a view is shown with, and anew when the address changes. */
export interface ViewProps {
  /** What follows the view's id in the address, decoded: `["abc"]` of `#/images/abc`. */
  path: readonly string[];
  /** What follows `?` in the address: `user` of `#/images?user=ada`. */
  query: URLSearchParams;
}
