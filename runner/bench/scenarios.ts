import type { Scenario } from './scenario.ts';
import { apart } from './scenarios/apart.ts';
import { engine } from './scenarios/engine.ts';
import { limits } from './scenarios/limits.ts';
import { memory } from './scenarios/memory.ts';
import { pools } from './scenarios/pools.ts';
import { postgres } from './scenarios/postgres.ts';
import { python } from './scenarios/python.ts';
import { run } from './scenarios/run.ts';
import { screen } from './scenarios/screen.ts';
import { start } from './scenarios/start.ts';
import { throughput } from './scenarios/throughput.ts';
import { types } from './scenarios/types.ts';

/** In the order in which they are measured and reported. */
export const SCENARIOS: readonly Scenario[] = [
  limits,
  engine,
  apart,
  pools,
  screen,
  python,
  types,
  postgres,
  start,
  run,
  throughput,
  memory,
];
