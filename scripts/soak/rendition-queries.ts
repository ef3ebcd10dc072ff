/** A rendition that clients ask for, and what it has to be. Originals are 8 × 8 pixels. */
export interface RenditionQuery {
  query: string;
  /** Content type; left out where the format is left to the edge. */
  type?: string;
  width: number;
  height: number;
}

/** What the focal point decides: the left or the right of an original. */
export const focusedQuery: RenditionQuery = {
  query: "width=2&height=8&format=png",
  type: "image/png",
  width: 2,
  height: 8,
};

/** Renditions by presets and by operations. */
export const renditionQueries: readonly RenditionQuery[] = [
  focusedQuery,
  { query: "preset=thumb", width: 8, height: 8 },
  { query: "preset=large", width: 8, height: 8 },
  { query: "width=4&format=webp", type: "image/webp", width: 4, height: 4 },
  {
    query: "height=3&width=6&fit=fill&format=jpeg",
    type: "image/jpeg",
    width: 6,
    height: 3,
  },
  { query: "crop=0x0x4x8&rotate=90&format=png", type: "image/png", width: 8, height: 4 },
];
