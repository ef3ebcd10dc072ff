import { mapPaths, type Store } from "dynalite/db";

import { act, type CheckedInput } from "./action";
import { holds } from "./condition";
import type { AttributeMap } from "./operation-input";

/** What dynalite takes for a filter that lets everything pass. */
const anything = { type: "function", name: "", args: [] };

interface Output {
  Items?: AttributeMap[];
  Count: number;
}

/**
 * Performs `Query` or `Scan`, with their filter applied here: it is so after what is read has been
 * counted, and before attributes are left out.
 *
 * @throws AwsError what DynamoDB would answer.
 */
export async function readFiltered(
  store: Store,
  operation: string,
  input: CheckedInput,
): Promise<object> {
  const { _filter: filter, _projection: projection, Select } = input;
  if (filter === undefined) {
    return act(store, operation, input);
  }
  const output = (await act(store, operation, {
    ...input,
    _filter: { ...filter, expression: anything },
    // Its other members are checked against the table.
    ...(projection && { _projection: { ...projection, paths: undefined } }),
    ...(Select === "COUNT" && { Select: undefined }),
  })) as Output;
  const { Items = [], ...others } = output;
  const passing = Items.filter((item) => holds(filter.expression, item));
  const paths = projection?.paths;
  const shown = paths ? passing.map((item) => mapPaths(paths, item)) : passing;
  return {
    ...others,
    Count: passing.length,
    ...(Select !== "COUNT" && { Items: shown }),
  };
}
