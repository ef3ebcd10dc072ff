/** @param prototype that of npm's `Arborist`, as the SDK has it. */
export function readPackagesOnce(prototype: object): void;

/** @param debuggable the SDK's module of that name. */
export function leaveOutTracesOfPromises(debuggable: object): void;
