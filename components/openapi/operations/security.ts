/** Name of the security scheme: the header `x-api-key`. */
export const apiKeyScheme = "apiKey";

/** What an operation asks of callers where users are not known. */
export const apiKeySecurity = [{ [apiKeyScheme]: [] }];
