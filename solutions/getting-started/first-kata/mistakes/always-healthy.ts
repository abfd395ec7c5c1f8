// The parameter `healthy` is never read, so a broken service still says that it is up, and the load balancer
// goes on sending users to it.

export function greeting(service: string): string {
  return `Hello from ${service}!`;
}

export function healthLine(service: string, _healthy: boolean): string {
  return `${service}: up`;
}

export function healthStatus(_healthy: boolean): number {
  return 200;
}
