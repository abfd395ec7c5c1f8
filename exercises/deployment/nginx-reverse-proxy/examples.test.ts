import { Nginx } from '#kit/nginx';
import { describe, expect, test } from 'vitest';
import text from './nginx.conf?raw';

/** Asks nginx with your configuration. */
function ask(url: string, headers: Record<string, string> = {}) {
  const files = ['/srv/shop/index.html', '/srv/shop/assets/app.3f9c2e1a.js'];
  return new Nginx(text, files).ask({ url, headers, from: '198.51.100.23' });
}

describe('1. Speak TLS only', () => {
  test('redirects to https', () => {
    expect(ask('http://shop.example/cart').headers['location']).toBe('https://shop.example/cart');
  });
});

describe('2. Send every path to its place', () => {
  test('takes /uploads off the path for the media service', () => {
    expect(ask('https://shop.example/uploads/dog.jpg').proxied?.uri).toBe('/dog.jpg');
  });
});

describe('3. Say who is calling', () => {
  test('does not pass on an address that the client made up', () => {
    const { proxied } = ask('https://shop.example/api/me', { 'X-Forwarded-For': '10.0.0.1' });
    expect(proxied?.headers['x-forwarded-for']).toBe('198.51.100.23');
  });
});

describe('4. Give each kind of request its limits', () => {
  test('passes the upgrade to a WebSocket on', () => {
    const { proxied } = ask('https://shop.example/ws', { Upgrade: 'websocket' });
    expect(proxied?.headers['upgrade']).toBe('websocket');
  });
});

describe('5. Send headers that are never lost', () => {
  test('sends X-Content-Type-Options with an asset', () => {
    const { headers } = ask('https://shop.example/assets/app.3f9c2e1a.js');
    expect(headers['x-content-type-options']).toBe('nosniff');
  });
});

describe('6. Fail over, within limits', () => {
  test('has a backup for the API', () => {
    const servers = ask('https://shop.example/api/me').proxied?.servers ?? [];
    expect(servers.some(({ backup }) => backup)).toBe(true);
  });
});
