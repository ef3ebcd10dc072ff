/**
 * What runtime 2.0 has of the language's own objects; all else that the engine brings along is taken
 * away, so that code which needs it fails here as it does at the edge.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html
 */
interface DocumentedObject {
  own?: string;
  prototype?: string;
}

const typedArray: DocumentedObject = { own: "BYTES_PER_ELEMENT", prototype: "BYTES_PER_ELEMENT" };
const errorType: DocumentedObject = { prototype: "name message" };

/** Methods that go through as many elements as the object says it has, steps that no engine counts. */
export const arrayMethods = `
  concat every filter forEach indexOf join lastIndexOf map pop push reduce reduceRight reverse shift
  slice some sort splice unshift copyWithin fill find findIndex includes
`
  .trim()
  .split(/\s+/);

export const documentedObjects: Readonly<Record<string, DocumentedObject>> = {
  Array: { own: "isArray of", prototype: `length toString ${arrayMethods.join(" ")}` },
  ArrayBuffer: { own: "isView", prototype: "byteLength slice" },
  Boolean: { prototype: "toString valueOf" },
  DataView: {
    prototype: `
      buffer byteLength byteOffset getFloat32 getFloat64 getInt16 getInt32 getInt8 getUint16 getUint32
      getUint8 setFloat32 setFloat64 setInt16 setInt32 setInt8 setUint16 setUint32 setUint8
    `,
  },
  Date: {
    own: "UTC now parse",
    prototype: `
      getDate getDay getFullYear getHours getMilliseconds getMinutes getMonth getSeconds getTime
      getTimezoneOffset getUTCDate getUTCDay getUTCFullYear getUTCHours getUTCMilliseconds
      getUTCMinutes getUTCMonth getUTCSeconds setDate setFullYear setHours setMilliseconds setMinutes
      setMonth setSeconds setTime setUTCDate setUTCFullYear setUTCHours setUTCMilliseconds
      setUTCMinutes setUTCMonth setUTCSeconds toDateString toISOString toJSON toLocaleDateString
      toLocaleString toLocaleTimeString toString toTimeString toUTCString valueOf
    `,
  },
  Error: { prototype: "message name toString" },
  EvalError: errorType,
  Float32Array: typedArray,
  Float64Array: typedArray,
  Function: { prototype: "apply bind call length name toString" },
  Int16Array: typedArray,
  Int32Array: typedArray,
  Int8Array: typedArray,
  InternalError: errorType,
  JSON: { own: "parse stringify" },
  Math: {
    own: `
      E LN10 LN2 LOG10E LOG2E PI SQRT1_2 SQRT2 abs acos acosh asin asinh atan atan2 atanh cbrt ceil
      clz32 cos cosh exp expm1 floor fround hypot imul log log10 log1p log2 max min pow random round
      sign sin sinh sqrt tan tanh trunc
    `,
  },
  Number: {
    own: `
      EPSILON MAX_SAFE_INTEGER MAX_VALUE MIN_SAFE_INTEGER MIN_VALUE NEGATIVE_INFINITY NaN
      POSITIVE_INFINITY isFinite isInteger isNaN isSafeInteger parseFloat parseInt
    `,
    prototype: "toExponential toFixed toLocaleString toPrecision toString valueOf",
  },
  Object: {
    own: `
      assign create defineProperties defineProperty entries freeze getOwnPropertyDescriptor
      getOwnPropertyDescriptors getOwnPropertyNames getPrototypeOf is isExtensible isFrozen isSealed
      keys preventExtensions seal setPrototypeOf values
    `,
    prototype: "__proto__ hasOwnProperty isPrototypeOf propertyIsEnumerable toString valueOf",
  },
  Promise: { own: "all allSettled any race reject resolve", prototype: "catch finally then" },
  RangeError: errorType,
  ReferenceError: errorType,
  RegExp: {
    prototype: "exec flags global ignoreCase multiline source sticky test toString",
  },
  String: {
    own: "fromCharCode fromCodePoint",
    prototype: `
      charAt charCodeAt codePointAt concat endsWith includes indexOf lastIndexOf length match padEnd
      padStart repeat replace replaceAll search slice split startsWith substr substring toLowerCase
      toString toUpperCase trim trimEnd trimStart valueOf
    `,
  },
  Symbol: { own: "for keyFor", prototype: "toString valueOf" },
  SyntaxError: errorType,
  TypeError: errorType,
  URIError: errorType,
  Uint16Array: typedArray,
  Uint32Array: typedArray,
  Uint8Array: typedArray,
  Uint8ClampedArray: typedArray,
};

/** What all kinds of typed arrays share. */
export const documentedTypedArray: DocumentedObject = {
  own: "from of",
  prototype: `
    buffer byteLength byteOffset length copyWithin every fill filter find findIndex forEach includes
    indexOf join lastIndexOf map reduce reduceRight reverse set slice some sort subarray toString
  `,
};

/** Globals that are no objects of the language. */
export const documentedGlobals = `
  Infinity NaN atob btoa console decodeURI decodeURIComponent encodeURI encodeURIComponent eval
  globalThis isFinite isNaN parseFloat parseInt require undefined Buffer TextDecoder TextEncoder
`
  .trim()
  .split(/\s+/);
