import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import text from './review.yaml?raw';

/** The learner's file as data; a fault of syntax fails every test, with its line. */
function review() {
  const document = parseDocument(text);
  const [fault = ''] = document.errors.map(({ message }) => message.split('\n')[0]);
  expect(document.errors.length, `review.yaml is not valid YAML: ${fault}`).toBe(0);
  return document;
}

describe('1. Write comments that can be acted on', () => {
  it('has three comments', () => {
    expect(review().hasIn(['comments', 2]), 'a third entry in `comments`').toBe(true);
  });

  it('has a comment with a place, a severity, and a reason', () => {
    for (const field of ['file', 'lines', 'severity', 'reason']) {
      expect(review().hasIn(['comments', 0, field]), `${field} of the first comment`).toBe(true);
    }
  });
});

describe('4. Weigh the findings', () => {
  it('has a verdict', () => {
    const verdict = String(review().get('verdict'));
    expect(verdict, 'verdict').toMatch(/^(approve|comment|request[- ]changes)$/i);
  });
});

describe('5. Reword six remarks', () => {
  it('has an answer for r1 to r4', () => {
    for (const id of ['r1', 'r2', 'r3', 'r4']) {
      const answer = String(review().getIn(['remarks', id]));
      expect(answer, id).toMatch(/^(a|b|c|linter)$/i);
    }
  });
});
