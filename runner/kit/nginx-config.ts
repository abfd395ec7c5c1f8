import { parse } from 'nginx-conf/dist/src/parser.js';
import type { NginxParseTreeNode } from 'nginx-conf/dist/src/parser.js';

/** nginx would refuse to start. */
export class NginxError extends Error {
  override readonly name = 'NginxError';
}

export interface Directive {
  readonly name: string;
  readonly args: readonly string[];
  /** Undefined for a simple directive. */
  readonly block: readonly Directive[] | undefined;
}

/** Reads a configuration. @throws {NginxError} */
export function readNginx(text: string): Directive[] {
  const plain = text.replace(
    /#.*|"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'|\$\{\w+\}/g,
    (part) => (part.startsWith('#') ? '' : part.replace(/\S/g, 'x').replace(/\s/g, ' ')),
  );
  const lineOf = (at: number) => plain.slice(0, at).split('\n').length;
  const open = /[^\s;{}]\s*\}/.exec(plain);
  if (open)
    throw new NginxError(
      `line ${lineOf(open.index)}: a directive does not end with ";" (a pattern with braces must be quoted)`,
    );
  const unclosed = count(plain, '{') - count(plain, '}');
  if (unclosed > 0) throw new NginxError('unexpected end of file, expecting "}"');
  if (unclosed < 0) throw new NginxError('unexpected "}"');
  if (/[^\s;{}]\s*$/.test(plain)) throw new NginxError('unexpected end of file, expecting ";"');
  let tree: readonly Directive[] = [];
  parse(text, (error, root) => {
    if (error) throw new NginxError(error.message);
    tree = (root?.children ?? []).map(directive);
  });
  check(tree);
  return [...tree];
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

function directive(node: NginxParseTreeNode): Directive {
  const words = node.value.matchAll(/"((?:\\[\s\S]|[^"\\])*)"|'((?:\\[\s\S]|[^'\\])*)'|\S+/g);
  return {
    name: node.name.replace(/^(["'])([\s\S]*)\1$/, '$2'),
    args: [...words].map(([word, double, single]) =>
      (double ?? single ?? word).replace(/\\(["'])/g, '$1'),
    ),
    block: node.isBlock ? (node.children ?? []).map(directive) : undefined,
  };
}

const tables = new Set(['map', 'geo', 'types', 'split_clients']);

/** Catches what the parser lets through: braces in bare words, and lines without a semicolon. */
function check(block: readonly Directive[]): void {
  for (const { name, args, block: inner } of block) {
    if (!/^[a-z]\w*$/.test(name))
      throw new NginxError(`unknown directive "${name}": a pattern with braces must be quoted`);
    if (name === 'include' && !/mime\.types$/.test(args[0] ?? ''))
      throw new NginxError(`include ${args.join(' ')}: only mime.types can be included here`);
    const swallowed = args.find((arg) => single.has(arg) || several.has(arg));
    if (swallowed !== undefined && name !== 'log_format')
      throw new NginxError(`"${name}" is not ended by ";": it runs on into "${swallowed}"`);
    if (single.has(name) && args.length !== 1)
      throw new NginxError(`invalid number of arguments in "${name}" directive`);
    if (inner && !tables.has(name)) check(inner);
  }
}

/** Directives of one argument; no other directive has one of these words as an argument. */
const single = new Set(
  `proxy_pass proxy_http_version proxy_read_timeout proxy_send_timeout proxy_connect_timeout
  proxy_buffering proxy_request_buffering proxy_next_upstream_tries client_max_body_size alias
  client_body_timeout ssl_certificate ssl_certificate_key server_tokens limit_req_status`.split(
    /\s+/,
  ),
);
/** Others of which this is true. */
const several = new Set(
  `add_header proxy_set_header proxy_next_upstream listen server_name location return rewrite
  try_files limit_req limit_req_zone ssl_protocols stub_status`.split(/\s+/),
);

/** Seconds of `90`, `90s`, `1m 30s`, `1500ms`, `1h`. */
export function seconds(time: string): number {
  const units: Readonly<Record<string, number>> = {
    ms: 0.001,
    s: 1,
    m: 60,
    h: 3600,
    d: 86_400,
    w: 604_800,
    M: 2_592_000,
    y: 31_536_000,
  };
  const parts = [...time.matchAll(/(\d+)(ms|[smhdwMy])?/g)];
  return parts.reduce(
    (sum, [, number, unit]) => sum + Number(number) * (units[unit ?? 's'] ?? 0),
    0,
  );
}

/** Bytes of `1048576`, `1024k`, `1m`. */
export function bytes(size: string): number {
  const [, number, unit = ''] = /^(\d+)([kmg]?)$/i.exec(size) ?? [];
  return Number(number) * 1024 ** ' kmg'.indexOf(unit.toLowerCase() || ' ');
}
