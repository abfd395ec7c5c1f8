import { posix } from 'node:path';
import { NginxError, readNginx, seconds } from './nginx-config';
import type { Directive } from './nginx-config';

/*
 * A model of nginx answers requests with a configuration, in nginx's own phases: server, rewrite,
 * location, access, try_files, content, response headers. What it does not act on (timeouts, sizes,
 * buffers, limits) can be asked for with `Answer.setting`.
 */

/** A request as it arrives. */
export interface Request {
  readonly method?: string;
  /** Absolute, such as `https://shop.example/cart?step=2`. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Address of the client. */
  readonly from?: string;
  /** What the application answers, should the request reach it. */
  readonly upstreamStatus?: number;
}

export interface UpstreamServer {
  /** `host:port`. */
  readonly address: string;
  readonly weight: number;
  readonly maxFails: number;
  /** Seconds. */
  readonly failTimeout: number;
  readonly backup: boolean;
}

export interface Answer {
  readonly status: number;
  /** Header fields that nginx adds to the response: lower-case name -> value. */
  readonly headers: Readonly<Record<string, string>>;
  /** The location that decided, as written; empty outside of all locations. */
  readonly location: string;
  /** The file that was sent. */
  readonly file?: string;
  /** What was passed on. */
  readonly proxied?: Proxied;
  /** Whether it is nginx's own status page. */
  readonly isStatusPage: boolean;
  /** Arguments of a directive as it holds for this request: of the innermost block that has it. */
  setting(name: string): readonly string[] | undefined;
  /** The same for directives that may stand several times. */
  settings(name: string): readonly (readonly string[])[];
  /** The value of an expression such as `$host:$server_port` in this request. */
  value(expression: string): string;
}

export interface Proxied {
  readonly servers: readonly UpstreamServer[];
  /** Path and query. */
  readonly uri: string;
  /** Request header fields as the application sees them: lower-case name -> value. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * nginx with a configuration and the files below its roots.
 *
 * @param files absolute paths of the files that exist.
 * @throws {NginxError}
 */
export class Nginx {
  readonly tree: readonly Directive[];
  readonly #http: Directive;
  readonly #files: ReadonlySet<string>;

  constructor(text: string, files: readonly string[] = []) {
    this.tree = readNginx(text);
    const http = this.tree.find(({ name }) => name === 'http');
    if (!http) throw new NginxError('there is no "http" block');
    this.#http = http;
    this.#files = new Set(files);
  }

  /** @throws {NginxError} where the configuration is invalid for this request. */
  ask(request: Request): Answer {
    return new Exchange(this.#http, this.#files, request).answer();
  }

  /** The server block that a request goes to. */
  server(url: string): Directive {
    return findServer(this.#http, new URL(url));
  }
}

function children(block: Directive | undefined, ...names: string[]): Directive[] {
  return (block?.block ?? []).filter(({ name }) => names.includes(name));
}

function findServer(http: Directive, url: URL): Directive {
  const secure = url.protocol === 'https:';
  const port = url.port || (secure ? '443' : '80');
  const listening = children(http, 'server').flatMap((server) => {
    const listens = children(server, 'listen').map(({ args }) => args);
    const own = (listens.length > 0 ? listens : [['80']]).filter(([address = '', ...flags]) => {
      const [, given] = /(?:^|:)(\d+)$/.exec(address.replace(/^\[[^\]]*\]/, '')) ?? [];
      return (given ?? '80') === port && !flags.includes('quic');
    });
    return own.length > 0 ? [{ server, flags: own.flat() }] : [];
  });
  if (listening.length === 0) throw new NginxError(`no server listens on port ${port}`);
  if (secure !== listening.some(({ flags }) => flags.includes('ssl')))
    throw new NginxError(`port ${port} is ${secure ? 'not ' : ''}for TLS`);
  const fits = (test: (name: string) => boolean) =>
    listening.find(({ server }) =>
      children(server, 'server_name').some(({ args }) => args.some(test)),
    );
  const host = url.hostname;
  const found =
    fits((name) => name.toLowerCase() === host) ??
    fits((name) => name.startsWith('*.') && host.endsWith(name.slice(1))) ??
    fits((name) => name.startsWith('.') && `.${host}`.endsWith(name)) ??
    fits((name) => name.endsWith('.*') && host.startsWith(name.slice(0, -1))) ??
    fits((name) => name.startsWith('~') && pattern(name.slice(1), true).test(host)) ??
    listening.find(({ flags }) => flags.includes('default_server')) ??
    listening[0];
  if (!found) throw new NginxError(`no server for ${url.href}`);
  return found.server;
}

function pattern(source: string, ignoreCase: boolean): RegExp {
  try {
    return new RegExp(
      source.replace(/\(\?P</g, '(?<').replace(/^\(\?i\)/, ''),
      ignoreCase ? 'i' : '',
    );
  } catch {
    throw new NginxError(`invalid regular expression "${source}"`);
  }
}

/** What a phase of a request came to, when it ends the request. */
interface Outcome {
  readonly status: number;
  readonly target?: string;
  readonly file?: string;
  readonly proxied?: Proxied;
  readonly isStatusPage?: boolean;
}

/** One request on its way. */
class Exchange {
  readonly #http: Directive;
  readonly #files: ReadonlySet<string>;
  readonly #request: Request;
  readonly #url: URL;
  readonly #headers: ReadonlyMap<string, string>;
  readonly #server: Directive;
  /** The blocks around what decides, from the outside to the inside. */
  #levels: readonly Directive[];
  #location: Directive | undefined;
  #uri: string;
  #args: string;
  #isRewritten = false;
  /** By `rewrite ... break` in this location. */
  #isBroken = false;
  #isInternal = false;
  #variables = new Map<string, string>();

  constructor(http: Directive, files: ReadonlySet<string>, request: Request) {
    this.#http = http;
    this.#files = files;
    this.#request = request;
    this.#url = new URL(request.url);
    this.#headers = new Map(
      Object.entries({ Host: this.#url.host, ...request.headers }).map(([name, value]) => [
        name.toLowerCase(),
        value,
      ]),
    );
    this.#server = findServer(http, this.#url);
    this.#levels = [http, this.#server];
    this.#uri = decodeURIComponent(this.#url.pathname);
    this.#args = this.#url.search.slice(1);
  }

  answer(): Answer {
    const outcome = this.#serve();
    const { status, file, proxied, isStatusPage = false } = outcome;
    const location = this.#location;
    return {
      status,
      headers: this.#responseHeaders(outcome),
      location: location ? [location.name, ...location.args].join(' ') : '',
      ...(file !== undefined && { file }),
      ...(proxied && { proxied }),
      isStatusPage,
      setting: (name) => this.#effective(name).at(-1)?.args,
      settings: (name) => this.#effective(name).map(({ args }) => args),
      value: (expression) => this.#value(expression),
    };
  }

  #serve(): Outcome {
    const early = this.#rewrite(this.#server);
    if (early && early !== 'again') return early;
    for (let round = 0; round < 10; round += 1) {
      if (this.#lacksSlash()) return { status: 301, target: `${this.#uri}/` };
      const outcome = this.#enter(findLocation(this.#server, this.#uri)?.chain ?? []);
      if (outcome !== 'again') return outcome;
    }
    return { status: 500 };
  }

  /** A proxied `location /x/` redirects /x to itself. */
  #lacksSlash(): boolean {
    const all = children(this.#server, 'location').map((location) => ({
      ...placeOf(location),
      isProxied: children(location, 'proxy_pass').length > 0,
    }));
    return (
      !all.some(({ modifier, source }) => modifier === '=' && source === this.#uri) &&
      all.some(
        ({ modifier, source, isProxied }) =>
          /^(\^~)?$/.test(modifier) && source === `${this.#uri}/` && isProxied,
      )
    );
  }

  /** `again`: the URI has changed, and a location is to be found for it. */
  #enter(chain: readonly Directive[]): Outcome | 'again' {
    this.#levels = [this.#http, this.#server, ...chain];
    this.#location = chain.at(-1);
    this.#isBroken = false;
    if (this.#location) {
      this.#capture(this.#location);
      if (children(this.#location, 'internal').length > 0 && !this.#isInternal)
        return { status: 404 };
      const rewritten = this.#rewrite(this.#location);
      if (rewritten) return rewritten;
    }
    if (!this.#isAllowed()) return { status: 403 };
    return this.#tryFiles() ?? this.#content();
  }

  #capture(location: Directive): void {
    const { modifier, source } = placeOf(location);
    if (modifier.startsWith('~')) this.#matches(source, modifier === '~*', this.#uri);
  }

  #matches(source: string, ignoreCase: boolean, text: string): boolean {
    const match = pattern(source, ignoreCase).exec(text);
    if (!match) return false;
    for (const [index, value = ''] of match.entries()) this.#variables.set(String(index), value);
    for (const [name, value = ''] of Object.entries(match.groups ?? {}))
      this.#variables.set(name, value);
    return true;
  }

  /** Runs `set`, `if`, `rewrite`, `return` and `break` in their order. */
  #rewrite(block: Directive): Outcome | 'again' | undefined {
    let changed = false;
    for (const { name, args, ...rest } of block.block ?? []) {
      if (name === 'set') this.#variables.set((args[0] ?? '').slice(1), this.#value(args[1] ?? ''));
      else if (name === 'break') return undefined;
      else if (name === 'return') return this.#return(args);
      else if (name === 'if' && this.#holds(args)) {
        this.#levels = [...this.#levels, { name, args, ...rest }];
        const outcome = this.#rewrite({ name, args, ...rest });
        if (outcome) return outcome;
      } else if (name === 'rewrite') {
        const [source = '', replacement = '', flag] = args;
        if (!this.#matches(source, false, this.#uri)) continue;
        const target = this.#value(replacement);
        if (
          flag === 'permanent' ||
          flag === 'redirect' ||
          /^(https?:\/\/|\$scheme)/.test(replacement)
        )
          return {
            status: flag === 'permanent' ? 301 : 302,
            target: target.endsWith('?')
              ? target.slice(0, -1)
              : target + (this.#args && `?${this.#args}`),
          };
        this.#redirect(target);
        if (flag === 'break') {
          this.#isBroken = true;
          return undefined;
        }
        if (flag === 'last') return block.name === 'server' ? undefined : 'again';
        changed = true;
      }
    }
    return changed && block.name !== 'server' ? 'again' : undefined;
  }

  #return([first = '', second]: readonly string[]): Outcome {
    const status = /^\d{3}$/.test(first) ? Number(first) : 302;
    const target = this.#value(/^\d{3}$/.test(first) ? (second ?? '') : first);
    return target && /^30[12378]$/.test(String(status)) ? { status, target } : { status };
  }

  #holds(args: readonly string[]): boolean {
    const words = args
      .join(' ')
      .replace(/^\(\s*|\s*\)$/g, '')
      .split(' ');
    const [left = '', operator, ...rest] = words;
    const value = this.#value(left);
    const right = rest.join(' ').replace(/^(["'])(.*)\1$/, '$2');
    switch (operator) {
      case undefined:
        return value !== '' && value !== '0';
      case '=':
        return value === this.#value(right);
      case '!=':
        return value !== this.#value(right);
      case '~':
      case '~*':
        return this.#matches(right, operator === '~*', value);
      case '!~':
      case '!~*':
        return !pattern(right, operator === '!~*').test(value);
      default:
        return left === '-f' || left === '-e' ? this.#files.has(this.#value(operator)) : false;
    }
  }

  #redirect(target: string): void {
    const [path = '', query] = target.split(/\?(.*)/s);
    this.#isRewritten = true;
    this.#uri = path;
    this.#args = [query, target.endsWith('?') ? '' : this.#args].filter(Boolean).join('&');
  }

  #isAllowed(): boolean {
    const client = this.#request.from ?? '203.0.113.7';
    for (const { name, args } of this.#effective('allow', 'deny')) {
      const [range = ''] = args;
      if (range === 'all' || inRange(client, range)) return name === 'allow';
    }
    return true;
  }

  #tryFiles(): Outcome | 'again' | undefined {
    const own = this.#location ?? this.#server;
    const candidates = children(own, 'try_files')[0]?.args;
    if (!candidates) return undefined;
    const last = candidates.at(-1) ?? '';
    for (const candidate of candidates.slice(0, -1)) {
      const path = this.#value(candidate);
      const isFolder = candidate.endsWith('/');
      if (isFolder ? this.#hasFolder(this.#path(path)) : this.#files.has(this.#path(path))) {
        this.#uri = path;
        return this.#content();
      }
    }
    if (last.startsWith('=')) return { status: Number(last.slice(1)) };
    this.#isInternal = true;
    if (last.startsWith('@')) {
      const named = children(this.#server, 'location').find(({ args }) => args[0] === last);
      if (!named) throw new NginxError(`could not find named location "${last}"`);
      return this.#enter([named]);
    }
    this.#redirect(this.#value(last));
    return 'again';
  }

  #content(): Outcome | 'again' {
    // A location does not inherit what handles a request; a matched `if` in it does.
    const own = this.#levels.slice(this.#levels.findIndex((level) => level === this.#location));
    const handler = (name: string) =>
      this.#location && own.flatMap((level) => children(level, name)).at(-1);
    const pass = handler('proxy_pass');
    if (pass) return this.#proxy(pass.args[0] ?? '');
    if (handler('stub_status')) return { status: 200, isStatusPage: true };
    if (!this.#uri.endsWith('/')) {
      const file = this.#path(this.#uri);
      if (this.#files.has(file)) return { status: 200, file };
      return { status: this.#hasFolder(file) ? 301 : 404 };
    }
    const folder = this.#path(this.#uri);
    for (const name of this.#setting('index') ?? ['index.html'])
      if (this.#files.has(posix.join(folder, name))) {
        this.#uri = posix.join(this.#uri, name);
        this.#isInternal = true;
        return 'again';
      }
    return { status: this.#hasFolder(folder) ? 403 : 404 };
  }

  #hasFolder(path: string): boolean {
    const prefix = path.endsWith('/') ? path : `${path}/`;
    return [...this.#files].some((file) => file.startsWith(prefix));
  }

  /** The file that a URI stands for. */
  #path(uri: string): string {
    const alias = this.#location && children(this.#location, 'alias')[0]?.args[0];
    if (alias === undefined)
      return posix.join(this.#value(this.#setting('root')?.[0] ?? '/etc/nginx/html'), uri);
    const { modifier, source } = placeOf(this.#location);
    return this.#value(alias) + (modifier.startsWith('~') ? '' : uri.slice(source.length));
  }

  #proxy(target: string): Outcome {
    const [, host = '', path] = /^https?:\/\/([^/]+)(\/.*)?$/s.exec(this.#value(target)) ?? [];
    if (!host) throw new NginxError(`invalid URL prefix in proxy_pass "${target}"`);
    const { modifier, source } = placeOf(this.#location);
    const query = this.#args && `?${this.#args}`;
    const original = this.#url.pathname + this.#url.search;
    const current = this.#isRewritten ? encodeURI(this.#uri) + query : original;
    const isDynamic = target.includes('$');
    const isPlain = /^(=|\^~)?$/.test(modifier) && this.#levels.at(-1) === this.#location;
    if (path !== undefined && !isDynamic && !isPlain)
      throw new NginxError(`proxy_pass ${target} cannot have a URI part in this location`);
    const replaced = isDynamic
      ? path
      : path && path + encodeURI(this.#uri.slice(source.length)) + query;
    const uri = replaced === undefined || (this.#isBroken && !isDynamic) ? current : replaced;
    return {
      status: this.#request.upstreamStatus ?? 200,
      proxied: { servers: this.#upstream(host), uri, headers: this.#requestHeaders(host) },
    };
  }

  #upstream(host: string): UpstreamServer[] {
    const group = children(this.#http, 'upstream').find(({ args }) => args[0] === host);
    const servers = group ? children(group, 'server').map(({ args }) => args) : [[host]];
    return servers.map(([address = '', ...options]) => {
      const option = (name: string) =>
        options.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);
      return {
        address: /:\d+$/.test(address) ? address : `${address}:80`,
        weight: Number(option('weight') ?? 1),
        maxFails: Number(option('max_fails') ?? 1),
        failTimeout: seconds(option('fail_timeout') ?? '10s'),
        backup: options.includes('backup'),
      };
    });
  }

  #requestHeaders(host: string): Record<string, string> {
    const own = ['connection', 'keep-alive', 'upgrade', 'transfer-encoding', 'te', 'expect'];
    const headers = new Map([...this.#headers].filter(([name]) => !own.includes(name)));
    headers.set('host', host);
    headers.set('connection', 'close');
    for (const { args } of this.#effective('proxy_set_header')) {
      const [name = '', value = ''] = args;
      const result = this.#value(value);
      if (result === '') headers.delete(name.toLowerCase());
      else headers.set(name.toLowerCase(), result);
    }
    return Object.fromEntries(headers);
  }

  #responseHeaders({ status, target }: Outcome): Record<string, string> {
    const headers: Record<string, string> = {};
    const usual = [200, 201, 204, 206, 301, 302, 303, 304, 307, 308].includes(status);
    if (target !== undefined)
      headers['location'] = target.startsWith('/') ? this.#url.origin + target : target;
    const append = (name: string, value: string) => {
      if (value !== '')
        headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
    };
    const expires = this.#setting('expires');
    const span = this.#value(expires?.at(-1) ?? 'off');
    if (usual && span !== 'off' && span !== '')
      append(
        'cache-control',
        /^(-|epoch)/.test(span)
          ? 'no-cache'
          : `max-age=${span === 'max' ? 315_360_000 : seconds(span)}`,
      );
    for (const [name = '', value = '', always] of this.#added())
      if (usual || always === 'always') append(name.toLowerCase(), this.#value(value));
    return headers;
  }

  /** add_header replaces what outer blocks add, unless add_header_inherit says otherwise. */
  #added(): (readonly string[])[] {
    const found: (readonly string[])[] = [];
    for (const [index, level] of this.#levels.entries()) {
      const own = children(level, 'add_header').map(({ args }) => args);
      const inherit = this.#levels
        .slice(0, index + 1)
        .findLast((outer) => children(outer, 'add_header_inherit').length > 0);
      const mode = children(inherit, 'add_header_inherit')[0]?.args[0];
      if (mode === 'off' || (mode !== 'merge' && own.length > 0)) found.length = 0;
      found.push(...own);
    }
    return found;
  }

  /** The directives of the innermost block that has any of them. */
  #effective(...names: string[]): Directive[] {
    const level = this.#levels.findLast((block) => children(block, ...names).length > 0);
    return children(level, ...names);
  }

  #setting(name: string): readonly string[] | undefined {
    return this.#effective(name).at(-1)?.args;
  }

  #value(expression: string): string {
    return expression.replace(/\$(?:\{(\w+)\}|(\w+))/g, (_, braced?: string, plain: string = '') =>
      this.#variable(braced ?? plain),
    );
  }

  #variable(name: string): string {
    const known = this.#variables.get(name) ?? this.#builtIn(name) ?? this.#mapped(name);
    if (known !== undefined) return known;
    if (
      /^\d$|^(upstream|sent|ssl|cookie|arg|realip|proxy_protocol)_|^(time|msec|status|request|body|bytes|connection|pid|hostname|nginx)/.test(
        name,
      )
    )
      return '';
    throw new NginxError(`unknown "${name}" variable`);
  }

  #builtIn(name: string): string | undefined {
    const client = this.#request.from ?? '203.0.113.7';
    const field = (lower: string) => this.#headers.get(lower.replaceAll('_', '-'));
    if (name.startsWith('http_')) return field(name.slice(5)) ?? '';
    if (name.startsWith('arg_')) return new URLSearchParams(this.#args).get(name.slice(4)) ?? '';
    const forwarded = field('x_forwarded_for');
    const port = this.#url.port || (this.#url.protocol === 'https:' ? '443' : '80');
    const [serverName = ''] = children(this.#server, 'server_name')[0]?.args ?? [];
    const values: Readonly<Record<string, () => string>> = {
      remote_addr: () => client,
      binary_remote_addr: () => client,
      realip_remote_addr: () => client,
      proxy_add_x_forwarded_for: () => (forwarded ? `${forwarded}, ${client}` : client),
      host: () => (field('host') ?? serverName).replace(/:\d+$/, '').toLowerCase(),
      server_name: () => serverName,
      server_port: () => port,
      server_addr: () => '192.0.2.1',
      scheme: () => this.#url.protocol.slice(0, -1),
      https: () => (this.#url.protocol === 'https:' ? 'on' : ''),
      request_method: () => this.#request.method ?? 'GET',
      request_uri: () => this.#url.pathname + this.#url.search,
      request_filename: () => this.#path(this.#uri),
      document_root: () => this.#setting('root')?.[0] ?? '',
      uri: () => this.#uri,
      document_uri: () => this.#uri,
      args: () => this.#args,
      query_string: () => this.#args,
      is_args: () => (this.#args ? '?' : ''),
      proxy_host: () => this.#setting('proxy_pass')?.[0]?.replace(/^https?:\/\/|\/.*/g, '') ?? '',
      remote_user: () => '',
      content_type: () => field('content_type') ?? '',
      content_length: () => field('content_length') ?? '',
      server_protocol: () => 'HTTP/1.1',
    };
    return values[name]?.();
  }

  #mapped(name: string): string | undefined {
    const table = children(this.#http, 'map', 'geo').find(({ args }) => args.at(-1) === `$${name}`);
    if (!table) return undefined;
    const rows = table.block ?? [];
    const row = (test: (key: string) => boolean) => rows.find(({ name: key }) => test(key));
    const source = this.#value(table.args.length > 1 ? (table.args[0] ?? '') : '$remote_addr');
    const found =
      table.name === 'geo'
        ? row((key) => inRange(source, key))
        : (row(
            (key) =>
              key.replace(/^\\/, '').toLowerCase() === source.toLowerCase() && key !== 'default',
          ) ??
          row(
            (key) =>
              key.startsWith('~') &&
              this.#matches(key.replace(/^~\*?/, ''), key.startsWith('~*'), source),
          ));
    return this.#value((found ?? row((key) => key === 'default'))?.args[0] ?? '');
  }
}

/** `location = /x`, `location =/x`, `location /x`, `location @x`. */
function placeOf(location: Directive | undefined): { modifier: string; source: string } {
  const [, modifier = '', source = ''] =
    /^(=|\^~|~\*|~|@)?\s*([\s\S]*)$/.exec(location?.args.join(' ') ?? '') ?? [];
  return { modifier, source };
}

interface Found {
  readonly chain: readonly Directive[];
  /** No regular expression further out can take the request away. */
  readonly isFinal: boolean;
}

/** nginx's order: exact, longest prefix (with what is nested in it), then regular expressions as written. */
function findLocation(block: Directive, uri: string): Found | undefined {
  const all = children(block, 'location').map((location) => ({ location, ...placeOf(location) }));
  const exact = all.find(({ modifier, source }) => modifier === '=' && source === uri);
  if (exact) return { chain: [exact.location], isFinal: true };
  const prefix = all
    .filter(
      ({ modifier, source }) => (modifier === '' || modifier === '^~') && uri.startsWith(source),
    )
    .reduce<(typeof all)[number] | undefined>(
      (best, next) => (best && best.source.length >= next.source.length ? best : next),
      undefined,
    );
  const nested = prefix && findLocation(prefix.location, uri);
  if (prefix && nested?.isFinal)
    return { chain: [prefix.location, ...nested.chain], isFinal: true };
  if (prefix?.modifier !== '^~')
    for (const { location, modifier, source } of all)
      if (modifier.startsWith('~') && pattern(source, modifier === '~*').test(uri)) {
        const inner = findLocation(location, uri);
        return { chain: [location, ...(inner?.chain ?? [])], isFinal: true };
      }
  return prefix && { chain: [prefix.location, ...(nested?.chain ?? [])], isFinal: false };
}

function inRange(address: string, range: string): boolean {
  const [base = '', bits = '32'] = range.split('/');
  const number = (ip: string) =>
    /^\d+(\.\d+){3}$/.test(ip)
      ? ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
      : NaN;
  const size = 2 ** (32 - Number(bits));
  return Math.floor(number(address) / size) === Math.floor(number(base) / size);
}
