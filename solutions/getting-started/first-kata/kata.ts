/**
 * The line that a service says first.
 *
 * @param service the name of the service, such as `orders`.
 * @returns `Hello from `, the name, and an exclamation mark.
 */
export function greeting(service: string): string {
  return `Hello from ${service}!`;
}

/**
 * The line that a person reads when something seems wrong.
 *
 * @param service the name of the service, such as `orders`.
 * @param healthy whether the service can do its work.
 * @returns the name, a colon, a space, and `up` or `down`.
 */
export function healthLine(service: string, healthy: boolean): string {
  return `${service}: ${healthy ? 'up' : 'down'}`;
}

/**
 * The answer that a load balancer reads.
 *
 * @param healthy whether the service can do its work.
 * @returns the HTTP status code: 200 ("OK") or 503 ("Service Unavailable").
 */
export function healthStatus(healthy: boolean): number {
  return healthy ? 200 : 503;
}
