/** @param debuggable the SDK's module of that name. */
export function leaveOutTracesOfPromises(debuggable: object): void;
