// The functions print their answers instead of returning them: you can read the line on your screen, but the
// caller receives `undefined`.

export function greeting(service: string): void {
  console.log(`Hello from ${service}!`);
}

export function healthLine(service: string, healthy: boolean): void {
  console.log(`${service}: ${healthy ? 'up' : 'down'}`);
}

export function healthStatus(healthy: boolean): void {
  console.log(healthy ? 200 : 503);
}
