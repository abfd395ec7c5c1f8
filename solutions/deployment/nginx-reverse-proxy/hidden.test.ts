import { Nginx } from '#kit/nginx';
import type { Answer, Request } from '#kit/nginx';
import { bytes, seconds } from '#kit/nginx-config';
import { describe, expect, test } from 'vitest';
import text from './nginx.conf?raw';

const files = [
  '/srv/shop/index.html',
  '/srv/shop/robots.txt',
  '/srv/shop/help/shipping.html',
  '/srv/shop/assets/app.3f9c2e1a.js',
  '/srv/shop/assets/fonts/inter.0b1d4c77.woff2',
  '/srv/shop/assets/logo.svg',
  '/srv/shop/assets/report.20261121.min.js',
];
const client = '198.51.100.23';
const api = ['10.0.1.11:8000', '10.0.1.12:8000', '10.0.1.13:8000'];
const media = ['10.0.2.21:9000'];

let nginx: Nginx | undefined;

/** nginx with the learner's configuration. */
function shop(): Nginx {
  return (nginx ??= new Nginx(text, files));
}

/** Asks the shop; a path stands for a GET over TLS. */
function ask(path: string, request: Partial<Request> = {}): Answer {
  return shop().ask({
    url: `https://shop.example${path}`,
    from: client,
    ...request,
  });
}

/** What a failure shows next to the request: the location that answered. */
function by(path: string, { location }: Answer): string {
  return `${path}, answered by ${location ? `"${location}"` : 'no location'}`;
}

function addresses({ proxied }: Answer): string[] | undefined {
  return proxied?.servers.map(({ address }) => address).sort();
}

describe('1. Speak TLS only', () => {
  test.each(['/', '/cart?step=2', '/api/orders?page=2', '/assets/app.3f9c2e1a.js'])(
    'redirects http://shop.example%s to the same place on https',
    (path) => {
      const { status, headers } = ask('', { url: `http://shop.example${path}` });
      expect([301, 308], 'status of the redirect').toContain(status);
      expect(headers['location']).toBe(`https://shop.example${path}`);
    },
  );

  test('offers TLS 1.2 and 1.3 and nothing older', () => {
    expect(ask('/').setting('ssl_protocols')?.toSorted(), 'ssl_protocols').toEqual([
      'TLSv1.2',
      'TLSv1.3',
    ]);
  });

  test('uses the certificate of the shop', () => {
    const answer = ask('/');
    expect(answer.setting('ssl_certificate')).toEqual(['/etc/nginx/tls/shop.crt']);
    expect(answer.setting('ssl_certificate_key')).toEqual(['/etc/nginx/tls/shop.key']);
  });
});

describe('2. Send every path to its place', () => {
  test.each([
    ['/api/orders'],
    ['/api/orders?page=2&sort=-created'],
    ['/api/orders/7/items'],
    ['/api/'],
    ['/api/login'],
    ['/api/events'],
    ['/api/events?since=17'],
    ['/api/report.css'],
    ['/api/icons/app.3f9c2e1a.js'],
    ['/api/assets/logo.svg'],
    ['/api/uploads/cat.png'],
    ['/ws'],
    ['/ws?token=abc'],
  ])('passes %s to the API as it is', (path) => {
    const answer = ask(path);
    expect(addresses(answer), by(path, answer)).toEqual(api);
    expect(answer.proxied?.uri, by(path, answer)).toBe(path);
  });

  test.each([
    ['/uploads/2026/cat.png', '/2026/cat.png'],
    ['/uploads/cat.png?width=200', '/cat.png?width=200'],
    ['/uploads/app.3f9c2e1a.js', '/app.3f9c2e1a.js'],
    ['/uploads/api/readme', '/api/readme'],
    ['/uploads/logo.svg', '/logo.svg'],
  ])('passes %s to the media service as %s', (path, uri) => {
    const answer = ask(path);
    expect(addresses(answer), by(path, answer)).toEqual(media);
    expect(answer.proxied?.uri, by(path, answer)).toBe(uri);
  });

  test.each([
    ['/assets/app.3f9c2e1a.js', '/srv/shop/assets/app.3f9c2e1a.js'],
    ['/assets/fonts/inter.0b1d4c77.woff2', '/srv/shop/assets/fonts/inter.0b1d4c77.woff2'],
    ['/assets/logo.svg?v=2', '/srv/shop/assets/logo.svg'],
    ['/robots.txt', '/srv/shop/robots.txt'],
    ['/help/shipping.html', '/srv/shop/help/shipping.html'],
  ])('answers %s with the file %s', (path, file) => {
    const answer = ask(path);
    expect(answer.file, by(path, answer)).toBe(file);
    expect(answer.status, by(path, answer)).toBe(200);
  });

  test.each(['/', '/index.html', '/cart', '/cart/checkout?step=2', '/apiary', '/logo.svg'])(
    'answers %s with index.html',
    (path) => {
      const answer = ask(path);
      expect(answer.file, by(path, answer)).toBe('/srv/shop/index.html');
      expect(answer.status, by(path, answer)).toBe(200);
    },
  );

  test.each(['/assets/none.js', '/assets/none.12345678.css', '/assets/fonts/none.woff2'])(
    'answers %s, which does not exist, with 404',
    (path) => {
      const answer = ask(path);
      expect(answer.status, by(path, answer)).toBe(404);
    },
  );

  test.each([
    ['10.0.0.1', 200],
    ['10.255.3.4', 200],
    ['11.0.0.1', 403],
    [client, 403],
    ['192.168.1.5', 403],
  ])('answers /internal/status to %s with %i', (from, status) => {
    const answer = ask('/internal/status', { from });
    expect(answer.status, `from ${from}: ${by('/internal/status', answer)}`).toBe(status);
    expect(answer.isStatusPage, 'whether it is the page of stub_status').toBe(status === 200);
  });
});

const passedOn = ['/api/orders', '/api/login', '/api/events', '/ws', '/uploads/2026/cat.png'];

/** What the application learns about the client, one line for each header. */
function introduction({ proxied }: Answer): string[] {
  const names = ['host', 'x-real-ip', 'x-forwarded-for', 'x-forwarded-proto'];
  return names.map((name) => `${name}: ${proxied?.headers[name] ?? '(missing)'}`);
}

describe('3. Say who is calling', () => {
  const honest = [
    'host: shop.example',
    `x-real-ip: ${client}`,
    `x-forwarded-for: ${client}`,
    'x-forwarded-proto: https',
  ];

  test.each(passedOn)('names host, client, and scheme in %s', (path) => {
    const answer = ask(path);
    const told = introduction(answer);
    expect(told, `${told.join(', ')} in ${by(path, answer)}`).toEqual(honest);
  });

  test.each(passedOn)('passes nothing on that a client made up, in %s', (path) => {
    const answer = ask(path, {
      headers: {
        'X-Forwarded-For': '10.0.0.1',
        'X-Real-IP': '10.0.0.1',
        'X-Forwarded-Proto': 'http',
      },
    });
    const told = introduction(answer);
    expect(told, `${told.join(', ')} in ${by(path, answer)}`).toEqual(honest);
  });

  test('names host, client, and scheme in a WebSocket handshake too', () => {
    const answer = ask('/ws', { headers: { Upgrade: 'websocket', Connection: 'Upgrade' } });
    const told = introduction(answer);
    expect(told, `${told.join(', ')} in ${by('/ws', answer)}`).toEqual(honest);
  });
});

describe('4. Give each kind of request its limits', () => {
  test('lets a WebSocket handshake through', () => {
    const answer = ask('/ws', { headers: { Upgrade: 'websocket', Connection: 'Upgrade' } });
    const { upgrade, connection } = answer.proxied?.headers ?? {};
    expect(
      { upgrade, connection: connection?.toLowerCase() },
      `what the API sees: ${by('/ws', answer)}`,
    ).toEqual({ upgrade: 'websocket', connection: 'upgrade' });
    expect(answer.setting('proxy_http_version'), 'proxy_http_version of /ws').toEqual(['1.1']);
  });

  test.each([
    ['/ws', 3600],
    ['/api/events', 3600],
    ['/api/orders', 15],
    ['/api/login', 15],
  ])('waits for data on %s for %i seconds', (path, expected) => {
    const answer = ask(path);
    const [time = '60s'] = answer.setting('proxy_read_timeout') ?? [];
    expect(seconds(time), `proxy_read_timeout ${time}: ${by(path, answer)}`).toBe(expected);
  });

  test.each([
    ['/api/events', 'off'],
    ['/api/orders', 'on'],
    ['/api/login', 'on'],
  ])('has buffering of %s %s', (path, expected) => {
    const answer = ask(path);
    const [buffering = 'on'] = answer.setting('proxy_buffering') ?? [];
    expect(buffering, `proxy_buffering: ${by(path, answer)}`).toBe(expected);
  });

  test.each([
    ['/uploads/2026/cat.png', '25m'],
    ['/api/orders', '1m'],
    ['/api/login', '1m'],
    ['/ws', '1m'],
    ['/cart', '1m'],
  ])('accepts bodies at %s of up to %s', (path, expected) => {
    const answer = ask(path, { method: 'POST' });
    const [size = '1m'] = answer.setting('client_max_body_size') ?? [];
    expect(bytes(size), `client_max_body_size ${size}: ${by(path, answer)}`).toBe(bytes(expected));
  });
});

describe('5. Send headers that are never lost', () => {
  test.each<[string, string, Partial<Request>]>([
    ['/', '200', {}],
    ['/cart', '200', {}],
    ['/robots.txt', '200', {}],
    ['/assets/app.3f9c2e1a.js', '200', {}],
    ['/assets/logo.svg', '200', {}],
    ['/assets/none.js', '404', {}],
    ['/api/orders', '200', {}],
    ['/api/orders', '404', { upstreamStatus: 404 }],
    ['/api/orders', '500', { upstreamStatus: 500 }],
    ['/api/login', '401', { upstreamStatus: 401 }],
    ['/api/events', '200', {}],
    ['/ws', '101', { upstreamStatus: 101 }],
    ['/uploads/2026/cat.png', '200', {}],
    ['/uploads/2026/cat.png', '404', { upstreamStatus: 404 }],
    ['/internal/status', '200', { from: '10.0.0.1' }],
    ['/internal/status', '403', {}],
  ])('secures the answer to %s with status %s', (path, _, request) => {
    const answer = ask(path, request);
    const { 'strict-transport-security': transport = '', 'x-content-type-options': sniff } =
      answer.headers;
    const what = `with status ${answer.status}: ${by(path, answer)}`;
    const [, age = 'missing'] = /\bmax-age="?(\d+)/i.exec(transport) ?? [];
    expect(Number(age), `max-age of Strict-Transport-Security, ${what}`).toBeGreaterThanOrEqual(
      31_536_000,
    );
    expect(sniff, `X-Content-Type-Options, ${what}`).toBe('nosniff');
  });

  function cacheControl(answer: Answer): string[] {
    const value = answer.headers['cache-control'] ?? '';
    return [...new Set(value.split(',').map((part) => part.trim().toLowerCase()))];
  }

  test.each(['/assets/app.3f9c2e1a.js', '/assets/fonts/inter.0b1d4c77.woff2'])(
    'lets everybody keep %s for a year',
    (path) => {
      const answer = ask(path);
      expect(cacheControl(answer), `Cache-Control: ${by(path, answer)}`).toEqual(
        expect.arrayContaining(['public', 'max-age=31536000', 'immutable']),
      );
    },
  );

  test.each<[string, Partial<Request>]>([
    ['/assets/none.12345678.css', {}],
    ['/assets/logo.svg', {}],
    ['/assets/report.20261121.min.js', {}],
    ['/uploads/app.3f9c2e1a.js', {}],
    ['/api/icons/app.3f9c2e1a.js', {}],
    ['/robots.txt', {}],
    ['/', {}],
  ])('does not call %s immutable', (path, request) => {
    const answer = ask(path, request);
    expect(
      cacheControl(answer),
      `Cache-Control of status ${answer.status}: ${by(path, answer)}`,
    ).not.toContain('immutable');
  });

  test.each(['/', '/index.html', '/cart', '/cart/checkout?step=2'])(
    'has index.html checked on each use, at %s',
    (path) => {
      const answer = ask(path);
      expect(cacheControl(answer), `Cache-Control: ${by(path, answer)}`).toContain('no-cache');
    },
  );
});

describe('6. Fail over, within limits', () => {
  function server(address: string) {
    return ask('/api/orders').proxied?.servers.find((candidate) => candidate.address === address);
  }

  test('sends 10.0.1.11 three times the requests of 10.0.1.12', () => {
    const [big, small] = [server('10.0.1.11:8000'), server('10.0.1.12:8000')];
    const weights = `weights ${big?.weight} and ${small?.weight}`;
    expect((big?.weight ?? 0) / (small?.weight ?? 1), weights).toBe(3);
  });

  test('keeps 10.0.1.13 as the backup', () => {
    const backups = api.filter((address) => server(address)?.backup);
    expect(backups, 'servers marked as backup').toEqual(['10.0.1.13:8000']);
  });

  test.each(['10.0.1.11:8000', '10.0.1.12:8000'])(
    'lets %s rest after three failures',
    (address) => {
      const { maxFails, failTimeout } = server(address) ?? {};
      expect({ maxFails, failTimeout }, address).toEqual({ maxFails: 3, failTimeout: 10 });
    },
  );

  test.each(['/api/orders', '/api/login'])('repeats %s only where that is safe', (path) => {
    const answer = ask(path, { method: 'POST' });
    const reasons = answer.setting('proxy_next_upstream') ?? ['error', 'timeout'];
    expect(
      reasons.toSorted(),
      `proxy_next_upstream ${reasons.join(' ')}: ${by(path, answer)}`,
    ).toEqual(['error', 'http_502', 'http_503', 'timeout']);
  });

  test.each(['/api/orders', '/api/login'])('tries two servers at most for %s', (path) => {
    const answer = ask(path);
    const [tries = '0'] = answer.setting('proxy_next_upstream_tries') ?? [];
    expect(tries, `proxy_next_upstream_tries: ${by(path, answer)}`).toBe('2');
  });

  /** The request limits that count this request. */
  function limits(path: string, request: Partial<Request> = {}) {
    const zones = shop()
      .tree.filter(({ name }) => name === 'http')
      .flatMap(({ block }) => block ?? [])
      .filter(({ name }) => name === 'limit_req_zone');
    const answer = ask(path, request);
    return answer.settings('limit_req').flatMap((words) => {
      const option = (from: readonly string[], name: string) =>
        from.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);
      const zone = zones.find(
        ({ args }) => option(args, 'zone')?.split(':')[0] === option(words, 'zone'),
      );
      const key = answer.value(zone?.args[0] ?? '');
      if (key === '') return [];
      const [, count, unit] = /^(\d+)r\/([sm])$/.exec(option(zone?.args ?? [], 'rate') ?? '') ?? [];
      const burst = Number(option(words, 'burst') ?? 0);
      const delay = words.includes('nodelay') ? burst : Number(option(words, 'delay') ?? 0);
      return {
        key,
        perMinute: Number(count) * (unit === 's' ? 60 : 1),
        burst,
        servedAtOnce: Math.min(delay, burst),
      };
    });
  }

  test('limits /api/login to 5 a minute, with 10 more at once', () => {
    const found = limits('/api/login', { method: 'POST' }).map(({ key: _, ...limit }) => limit);
    expect(found, 'limits of POST /api/login').toEqual([
      { perMinute: 5, burst: 10, servedAtOnce: 10 },
    ]);
  });

  test('counts logins by the address of the client and nothing that it sends', () => {
    const key = (from: string, headers = {}) =>
      limits('/api/login', { method: 'POST', from, headers }).map((limit) => limit.key);
    expect(key('192.0.2.8'), 'key of another client').not.toEqual(key(client));
    expect(
      key(client, { 'X-Forwarded-For': '192.0.2.9', 'X-Real-IP': '192.0.2.9', Cookie: 'id=9' }),
      'key of the same client with other headers',
    ).toEqual(key(client));
  });

  test('answers too many logins with 429', () => {
    const [status = '503'] = ask('/api/login').setting('limit_req_status') ?? [];
    expect(status, 'limit_req_status of /api/login').toBe('429');
  });

  test.each(['/api/orders', '/api/events', '/ws', '/uploads/2026/cat.png', '/cart'])(
    'does not limit %s',
    (path) => {
      expect(limits(path), `limits of ${path}`).toEqual([]);
    },
  );
});
