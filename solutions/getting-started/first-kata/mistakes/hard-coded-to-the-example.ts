// The name of the service is typed into the text, so the answer is right for the example and wrong for every
// other service: what differs from call to call has to come from the parameters.

export function greeting(_service: string): string {
  return 'Hello from orders!';
}

export function healthLine(_service: string, healthy: boolean): string {
  return healthy ? 'orders: up' : 'orders: down';
}

export function healthStatus(healthy: boolean): number {
  return healthy ? 200 : 503;
}
