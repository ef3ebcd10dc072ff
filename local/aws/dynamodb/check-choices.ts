import { invalidParameters, validationError } from "./errors";

/** Of an input what chooses how an operation is done, and what it tells. */
interface Input {
  AttributesToGet?: readonly string[];
  IndexName?: string;
  ProjectionExpression?: string;
  ReturnValues?: string;
  RequestItems?: Record<string, readonly object[]>;
  Select?: string;
  TotalSegments?: number;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html */
const maxSegments = 1_000_000;

/**
 * Checks of what an input chooses what dynalite does not look at.
 *
 * @param operation such as `Scan`.
 * @throws AwsError `ValidationException`.
 */
export function checkChoices(operation: string, input: Input): void {
  const { ReturnValues = "NONE", TotalSegments = 1 } = input;
  if (operation === "DeleteItem" && ReturnValues !== "NONE" && ReturnValues !== "ALL_OLD") {
    throw validationError("ReturnValues can only be ALL_OLD or NONE");
  }
  if (TotalSegments > maxSegments) {
    throw validationError(
      `1 validation error detected: Value '${TotalSegments}' at 'totalSegments' failed to satisfy constraint: Member must have value less than or equal to ${maxSegments}`,
    );
  }
  if (operation === "BatchWriteItem") {
    requireOneWriteEach(input);
  }
  const problem = problemOfSelect(input);
  if (problem !== undefined) {
    throw invalidParameters(problem);
  }
}

/** What is put and deleted at once is refused in the words for none. */
function requireOneWriteEach({ RequestItems = {} }: Input): void {
  for (const request of Object.values(RequestItems).flat()) {
    if (Object.keys(request).length !== 1) {
      throw validationError(
        "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes",
      );
    }
  }
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html#DDB-Query-request-Select */
function problemOfSelect(input: Input): string | undefined {
  const { AttributesToGet, Select, ProjectionExpression, IndexName } = input;
  if (Select === undefined) {
    return undefined;
  }
  if (Select === "SPECIFIC_ATTRIBUTES") {
    return ProjectionExpression === undefined && AttributesToGet === undefined
      ? "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES"
      : undefined;
  }
  if (ProjectionExpression !== undefined || AttributesToGet !== undefined) {
    const chosen = Select === "COUNT" ? "only the Count" : Select;
    const given = ProjectionExpression === undefined ? "AttributesToGet" : "ProjectionExpression";
    return `Cannot specify the ${given} when choosing to get ${chosen}`;
  }
  return Select === "ALL_PROJECTED_ATTRIBUTES" && IndexName === undefined
    ? "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName"
    : undefined;
}
