import { itemAt, kinds } from "./text-kinds";
import { type AnyNode, nameOf } from "./syntax";

const routeArns = ["methodArn", "routeArn"];
/** What tells, wherever it is read, which route is called. */
const routeTexts = ["httpMethod", "rawPath", "resourcePath", "routeKey"];
/** The same of an event alone; elsewhere, anything may be called so. */
const routeTextsOfEvents = ["path", "resource", "method"];
/** What only events have: whatever it is read of is one. */
const marksOfEvents = [
  ...routeArns,
  ...routeTexts,
  "authorizationToken",
  "identitySource",
  "requestContext",
];

/** Whether a property is one by which an event is told. */
export function marksEvent(name: string | undefined): boolean {
  return name !== undefined && marksOfEvents.includes(name);
}

/**
 * What a property of its name tells by itself.
 *
 * @param object what it is a property of, if that is a text or a list.
 * @param isEvent whether that is an event, or a part of one.
 */
export function toldByName(object: number, name: string, isEvent: boolean): number | undefined {
  if (routeArns.includes(name)) {
    return kinds.routeArn;
  }
  if (routeTexts.includes(name) || (isEvent && routeTextsOfEvents.includes(name))) {
    return kinds.routeText;
  }
  // What is the same for every request: the environment, and what is in it.
  if (name === "env" || name === "length" || object === kinds.fixedText) {
    return kinds.fixedText;
  }
  return /^\d+$/.test(name) ? itemAt(object, Number(name)) : undefined;
}

/** Whether an expression is a part of an event that tells of the route, such as `event.requestContext.http`. */
export function isPartOfEvent(node: AnyNode): boolean {
  return (
    node.type === "MemberExpression" &&
    (nameOf(node.property, node.computed) === "requestContext" ||
      (nameOf(node.property, node.computed) === "http" && isPartOfEvent(node.object)))
  );
}
