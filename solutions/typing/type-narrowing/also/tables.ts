// Styled with lookup tables and arrow functions: one intersection type, a table of field checks per
// state, if chains that end in `satisfies never`, and a filter with an inferred predicate.

type Status = 'pending' | 'authorized' | 'captured' | 'failed';
export type FailureReason = 'insufficient_funds' | 'card_expired' | 'fraud_suspected';

export type Payment = { id: string; amountCents: number; note?: string } & (
  | { status: 'pending' }
  | { status: 'authorized'; authorizationCode: string }
  | { status: 'captured'; capturedAt: number; feeCents?: number }
  | { status: 'failed'; reason: FailureReason }
);

type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === 'string';
const amount: Check = (value) => typeof value === 'number';

const reasons = {
  insufficient_funds: true,
  card_expired: true,
  fraud_suspected: true,
} satisfies Record<FailureReason, true>;

export const isFailureReason = (value: unknown): value is FailureReason =>
  typeof value === 'string' && Object.hasOwn(reasons, value);

const required = new Map<unknown, Record<string, Check>>(
  Object.entries({
    pending: {},
    authorized: { authorizationCode: text },
    captured: { capturedAt: amount },
    failed: { reason: isFailureReason },
  } satisfies Record<Status, Record<string, Check>>),
);
const optional = new Map<unknown, Record<string, Check>>([['captured', { feeCents: amount }]]);

export const isPayment = (value: unknown): value is Payment => {
  if (typeof value !== 'object' || value === null || !('status' in value)) return false;
  const own = required.get(value.status);
  if (!own) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  const musts = Object.entries({ id: text, amountCents: amount, ...own });
  const mays = Object.entries({ note: text, ...optional.get(value.status) });
  return (
    musts.every(([name, check]) => check(fields.get(name))) &&
    mays.every(([name, check]) => !fields.has(name) || check(fields.get(name)))
  );
};

export const assertPayment: (value: unknown) => asserts value is Payment = (value) => {
  if (!isPayment(value)) throw new TypeError(`${JSON.stringify(value)} is not a payment`);
};

export const parsePayment = (json: string): Payment => {
  const value: unknown = JSON.parse(json);
  if (isPayment(value)) return value;
  throw new TypeError(`${json} is not a payment`);
};

export const describePayment = (payment: Payment): string => {
  const { id, amountCents: cents } = payment;
  if (payment.status === 'pending') return `${id} waits for ${cents} cents`;
  if (payment.status === 'authorized')
    return `${id} holds ${cents} cents under ${payment.authorizationCode}`;
  if (payment.status === 'captured')
    return `${id} took ${cents} cents, fee ${payment.feeCents === undefined ? 'unknown' : payment.feeCents}`;
  if (payment.status === 'failed') return `${id} failed: ${payment.reason}`;
  return payment satisfies never;
};

export const scheduleReceipts = (
  payments: readonly Payment[],
  schedule: (job: () => string) => void,
): void =>
  payments
    .filter((payment) => payment.status === 'captured')
    .forEach(({ id, capturedAt }) =>
      schedule(() => `receipt for ${id}, captured at ${capturedAt}`),
    );
