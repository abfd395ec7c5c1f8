// The status code is returned as a text: `'200'` looks like `200` when it is printed, but a text is not a
// number, and a server refuses it or compares it wrongly.

export function greeting(service: string): string {
  return `Hello from ${service}!`;
}

export function healthLine(service: string, healthy: boolean): string {
  return `${service}: ${healthy ? 'up' : 'down'}`;
}

export function healthStatus(healthy: boolean): string {
  return healthy ? '200' : '503';
}
