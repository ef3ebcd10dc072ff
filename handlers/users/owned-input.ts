import type * as z from "zod/mini";
import type { Problem } from "../http/errors";
import { validate } from "../http/request";
import { withOptionalUser } from "../http/schemas";
import { spellingOf } from "../http/spelling";
import type { Caller } from "./caller";
import { ownIdOf, resolveUser } from "./ownership";

/** A schema of what has an owner. */
type OwnedSchema<Shape extends z.core.$ZodShape> = z.ZodMiniObject<Shape, z.core.$strict>;

/**
 * What `validate` makes of what a caller sends, with the user whose it is to be.
 *
 * @throws InvalidRequestError that lists every problem, such as that a caller who is no user names none.
 * @throws ApiError 403 `NotYourUser`.
 */
export function validateOwned<Shape extends z.core.$ZodShape>(
  caller: Caller,
  schema: OwnedSchema<Shape>,
  value: unknown,
  found: readonly Problem[] = [],
): Omit<z.output<OwnedSchema<Shape>>, "userId"> & { userId: string } {
  const accepted = ownIdOf(caller) === undefined ? schema : forUsers(schema);
  const fields = validate(accepted, value, found) as z.output<OwnedSchema<Shape>>;
  const { userId } = fields as { userId?: string };
  return { ...fields, userId: resolveUser(caller, userId, nameOfUser(schema, value)) };
}

/** What was made of schemas: to make one takes far longer than to parse by it. */
const madeForUsers = new WeakMap<z.ZodMiniType, z.ZodMiniType>();

function forUsers<Shape extends z.core.$ZodShape>(schema: OwnedSchema<Shape>): z.ZodMiniType {
  const made = madeForUsers.get(schema) ?? withOptionalUser(schema);
  madeForUsers.set(schema, made);
  return made;
}

/** How whoever sends `value` names the user. */
export function nameOfUser(schema: z.ZodMiniType, value: unknown): string {
  return spellingOf(schema, value).nameOf("userId");
}
