import { type InvalidMember, invalidMembers } from "./invalid-member";

/** What a member of a request is to look like, as Lambda's model has it. */
export interface MemberShape {
  /** Of the whole value, as errors tell it. */
  pattern: string;
  /** The same, compiled: names of functions are read at each invocation. */
  whole: RegExp;
  /** In characters. Default: any. */
  maxLength?: number;
}

/** @param maxLength in characters. Default: any length. */
export function shapeOf(pattern: string, maxLength?: number): MemberShape {
  const whole = new RegExp(`^(?:${pattern})$`);
  return { pattern, whole, ...(maxLength !== undefined && { maxLength }) };
}

/** What is wrong with a member, if it is given. */
export function problemsOf(
  member: string,
  value: string | undefined,
  { pattern, whole, maxLength = Number.POSITIVE_INFINITY }: MemberShape,
): InvalidMember[] {
  if (value === undefined) {
    return [];
  }
  return [
    ...(value.length > maxLength
      ? [`Member must have length less than or equal to ${maxLength}`]
      : []),
    ...(whole.test(value) ? [] : [`Member must satisfy regular expression pattern: ${pattern}`]),
  ].map((constraint) => ({ member, value, constraint }));
}

/** @throws AwsError `ValidationException`. */
export function requireShape(member: string, value: string, shape: MemberShape): void {
  const problems = problemsOf(member, value, shape);
  if (problems.length > 0) {
    throw invalidMembers(problems);
  }
}
