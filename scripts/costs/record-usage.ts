import { asking, type Line, million } from "./usage";

/** A million records of up to a KB that are put, each with or without one before it. */
export const puttingRecords: readonly Line[] = [
  ...asking(),
  { what: "the record before", price: "tableReads", quantity: million },
  { what: "the record", price: "tableWrites", quantity: million },
];

/** A million pages of results for the id of a record. */
export const listingResults: readonly Line[] = [
  ...asking(),
  { what: "20 rows", price: "tableReads", quantity: 2 * million },
];
