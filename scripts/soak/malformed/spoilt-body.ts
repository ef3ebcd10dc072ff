import fc from "fast-check";
import { type HttpRequest, withHeader } from "./request";
import { boundary, formBody, formPart, type Template } from "./templates";
import { hostileText, hostileValue, prototypeKeys } from "./values";

type Members = readonly (readonly [string, unknown])[];

/** JSON bodies whose members are of other types, beyond limits, missing or too many. */
export function spoiltJson(template: Template, marker: string): fc.Arbitrary<HttpRequest> {
  const { valid, schema } = template;
  const properties = Object.entries(schema?.properties ?? {});
  const members = Object.entries(JSON.parse(valid.body.toString()) as object) as Members;
  const set = fc
    .constantFrom(...properties)
    .chain(([name, property]) =>
      hostileValue(marker, "$ref" in property ? {} : property).map((value) => (all: Members) => [
        ...without(all, name),
        [name, value] as const,
      ]),
    );
  const remove = fc.constantFrom(...properties).map(
    ([name]) =>
      (all: Members) =>
        without(all, name),
  );
  const add = fc
    .tuple(fc.oneof(hostileText(marker), fc.constantFrom(...prototypeKeys)), hostileValue(marker))
    .map((member) => (all: Members) => [...all, member]);
  const changes = fc.array(fc.oneof({ weight: 4, arbitrary: set }, remove, add), {
    minLength: 1,
    maxLength: 3,
  });
  return fc.oneof(
    {
      weight: 9,
      arbitrary: changes.map((steps) =>
        withText(
          valid,
          // Made of entries, so that `__proto__` is a member like any other.
          JSON.stringify(Object.fromEntries(steps.reduce((all, step) => step(all), members))),
        ),
      ),
    },
    hostileValue(marker).map((value) => withText(valid, JSON.stringify(value))),
  );
}

function without(members: Members, name: string): Members {
  return members.filter(([other]) => other !== name);
}

function withText(request: HttpRequest, text: string): HttpRequest {
  return { ...request, body: Buffer.from(text) };
}

/** Bodies that are hardly JSON: cut off, in other encodings, nested without end, far too large. */
export function spoiltText(template: Template, marker: string): fc.Arbitrary<HttpRequest> {
  const { valid } = template;
  const text = valid.body.toString();
  const junk = fc.constantFrom(",", "]", "}", "\0", "//", "{}", "\ufeff", '"', "'", marker);
  return fc
    .oneof(
      fc.nat(text.length).map((length) => Buffer.from(text.slice(0, length))),
      fc.tuple(junk, junk).map(([before, after]) => Buffer.from(before + text + after)),
      fc
        .constantFrom<BufferEncoding>("utf16le", "base64", "hex")
        .map((encoding) =>
          encoding === "utf16le"
            ? Buffer.from(text, encoding)
            : Buffer.from(Buffer.from(text).toString(encoding)),
        ),
      fc
        .constantFrom("c0af", "ff", "eda080", "f4908080", "80")
        .map((hex) =>
          Buffer.concat([Buffer.from(`{"${marker}`), Buffer.from(hex, "hex"), Buffer.from('":1}')]),
        ),
      fc
        .constantFrom(...Object.keys(template.schema?.properties ?? {}))
        .map((name) => Buffer.from(text.replace("{", `{"${name}":"${marker}",`))),
      fc
        .tuple(fc.constantFrom("[", '{"a":', '[{"id":'), fc.constantFrom(200, 5000, 100_000))
        .map(([open, depth]) => Buffer.from(open.repeat(depth))),
      fc
        .constantFrom(5000, 100_000)
        .map((depth) =>
          Buffer.from(`{"id":"${marker}","a":${"[".repeat(depth)}${"]".repeat(depth)}}`),
        ),
      fc
        .constantFrom("1e999", "-0", "01", "1.", ".5", "NaN", "9".repeat(400), "0.1e-999")
        .map((number) => Buffer.from(`{"id":"${marker}","size":${number},"userId":${number}}`)),
    )
    .map((body) => ({ ...valid, body }));
}

/** Bodies at and beyond the limits of function and gateway. They are few: each takes its time. */
export function oversized(template: Template, marker: string): fc.Arbitrary<HttpRequest> {
  const kib = 1024;
  return fc
    .constantFrom(256 * kib, 257 * kib, 4096 * kib, 6200 * kib, 10_241 * kib)
    .map((bytes) => {
      const start = template.schema ? `{"id":"${marker}","userId":"` : "";
      return { ...template.valid, body: Buffer.from(start.padEnd(bytes, "a")) };
    });
}

/** Forms with parts missing, twice, of odd names and types, and with boundaries that are not theirs. */
export function spoiltForm(template: Template, marker: string): fc.Arbitrary<HttpRequest> {
  const { valid, schema } = template;
  const names = Object.keys(schema?.properties ?? {});
  const content = fc.oneof(
    hostileText(marker).map((text) => Buffer.from(text)),
    fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes)),
    fc.constant(formBody([formPart('name="userId"', Buffer.from(marker))])),
  );
  const disposition = fc.oneof(
    fc.constantFrom(...names).map((name) => `name="${name}"`),
    fc.constantFrom(...names).map((name) => `name="${name}"; filename="../${marker}"`),
    fc.constantFrom(...prototypeKeys).map((name) => `name="${name}"`),
    fc.constantFrom("", "name", "name=", 'name=""', 'name="userId', "name*=UTF-8''%ff", ";;;"),
    hostileText(marker).map((text) => `name="${text.replaceAll(/[\r\n]/g, "")}"`),
  );
  const type = fc.constantFrom(undefined, "image/png", "image/tiff", "text/plain; charset=x", "");
  const part = fc.tuple(disposition, content, type).map((parts) => formPart(...parts));
  const whole = valid.body;
  const body = fc.oneof(
    fc.array(part, { maxLength: 60 }).map(formBody),
    fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => Buffer.concat([...parts, whole])),
    fc.nat(whole.length).map((length) => whole.subarray(0, length)),
    fc.constant(Buffer.from(whole.toString("latin1").replaceAll("\r\n", "\n"), "latin1")),
    fc.constant(Buffer.from(`${marker}\r\n--${boundary}--\r\n`)),
    fc.constant(Buffer.alloc(0)),
  );
  const contentType = fc.oneof(
    { weight: 6, arbitrary: fc.constant(`multipart/form-data; boundary=${boundary}`) },
    fc
      .constantFrom(
        "",
        "; boundary=",
        '; boundary="',
        "; boundary=other",
        `; boundary=${"b".repeat(300)}`,
      )
      .map((parameter) => `multipart/form-data${parameter}`),
    fc.constant(`Multipart/Form-Data; charset=x; boundary="${boundary}"`),
  );
  return fc.tuple(body, contentType).map(([bytes, value]) => ({
    ...valid,
    headers: withHeader(valid.headers, "Content-Type", value),
    body: bytes,
  }));
}
