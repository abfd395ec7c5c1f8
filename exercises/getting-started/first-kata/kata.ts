/**
 * The line that a service says first.
 *
 * @param service the name of the service, such as `orders`.
 * @returns `Hello from `, the name, and an exclamation mark.
 */
export function greeting(service: string): string {
  // TODO: Greet the service that was asked for.
  return 'Hello from';
}

/**
 * The line that a person reads when something seems wrong.
 *
 * @param service the name of the service, such as `orders`.
 * @param healthy whether the service can do its work.
 * @returns the name, a colon, a space, and `up` or `down`.
 */
export function healthLine(service: string, healthy: boolean): string {
  // TODO: Replace the next line.
  throw new Error('Not implemented yet');
}

/**
 * The answer that a load balancer reads.
 *
 * @param healthy whether the service can do its work.
 * @returns the HTTP status code: 200 ("OK") or 503 ("Service Unavailable").
 */
export function healthStatus(healthy: boolean): number {
  // TODO: Replace the next line.
  throw new Error('Not implemented yet');
}
