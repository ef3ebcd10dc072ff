const functionUri =
  /^arn:[\w-]+:apigateway:[\w-]+:lambda:path\/2015-03-31\/functions\/(.+)\/invocations$/;

/** The ARN of the function that a URI of API Gateway calls; `undefined` when it calls none. */
export function functionArnOf(uri: string | undefined): string | undefined {
  return functionUri.exec(uri ?? "")?.[1];
}
