import { expect, test } from 'vitest';
import { staircase } from '../../runner/report/staircase.ts';
import { aTest, CONTENT, failed, passed, unrunnable } from '../support/states.ts';

const states = (stairs: ReturnType<typeof staircase>) => stairs.map(({ state }) => state);

test('before the first verdict the first task is the current one', () => {
  expect(states(staircase(CONTENT.tasks, undefined))).toEqual(['current', 'to-come', 'to-come']);
});

test('a task is done when all of its tests pass, and the first that is not is the current one', () => {
  expect(states(staircase(CONTENT.tasks, failed()))).toEqual(['done', 'current', 'to-come']);
});

test('a later task can be done before an earlier one', () => {
  const tests = [
    aTest({ task: 1, sentence: 'a', status: 'failed' }),
    aTest({ task: 2, sentence: 'b' }),
    aTest({ task: 3, sentence: 'c', status: 'failed' }),
  ];
  expect(states(staircase(CONTENT.tasks, failed({ tests })))).toEqual([
    'current',
    'done',
    'to-come',
  ]);
});

test('a pass leaves no current task', () => {
  expect(states(staircase(CONTENT.tasks, passed()))).toEqual(['done', 'done', 'done']);
});

test('a verdict without a test run keeps what was done before', () => {
  expect(states(staircase(CONTENT.tasks, unrunnable(), [1]))).toEqual([
    'done',
    'current',
    'to-come',
  ]);
});

test('tests that belong to no task make a last stair', () => {
  const tests = [aTest({ task: 1, sentence: 'a' }), aTest({ task: 0, sentence: 'b' })];
  const last = staircase(CONTENT.tasks, failed({ tests })).at(-1);
  expect(last).toMatchObject({ title: 'Beyond the tasks', state: 'done' });
  expect(last?.hidden.map(({ sentence }) => sentence)).toEqual(['b']);
});
