import { AwsError } from "../aws-error";

/** A member of a request that is not as Lambda's model has it. */
export interface InvalidMember {
  /** Such as `functionName`. */
  member: string;
  value: string;
  /** Such as `Member must have length less than or equal to 128`. */
  constraint: string;
}

/** Refuses a request for one of its members. */
export function invalidMember(member: string, value: string, constraint: string): AwsError {
  return invalidMembers([{ member, value, constraint }]);
}

/** Refuses a request for all of its members that are wrong, of which there is one at least. */
export function invalidMembers(invalid: readonly InvalidMember[]): AwsError {
  const count = `${invalid.length} validation error${invalid.length === 1 ? "" : "s"}`;
  const problems = invalid.map(
    ({ member, value, constraint }) =>
      `Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`,
  );
  return new AwsError("ValidationException", `${count} detected: ${problems.join("; ")}`);
}
