import { z } from 'zod';

const UNITS = ['ms', 'µs', 'MB', '/s'] as const;
export type Unit = (typeof UNITS)[number];

const measurement = z.object({
  /** Permanent id. */
  name: z.string(),
  title: z.string(),
  unit: z.enum(UNITS),
  samples: z.int(),
  p50: z.number(),
  p90: z.number(),
  max: z.number(),
  /** What the p50 should not exceed. */
  target: z.number().optional(),
  /** What no implementation could go below, and the measurements whose p50s make it up. */
  limit: z.object({ value: z.number(), of: z.array(z.string()) }).optional(),
  /** Where what lies above the limit goes. */
  above: z.string().optional(),
  notes: z.array(z.string()).optional(),
});
export type Measurement = z.infer<typeof measurement>;

const ratio = z.object({
  name: z.string(),
  title: z.string(),
  value: z.number(),
  /** The value should lie between these. */
  atLeast: z.number().optional(),
  atMost: z.number().optional(),
});
export type Ratio = z.infer<typeof ratio>;

const machine = z.object({
  processor: z.string(),
  cores: z.int(),
  /** Gigabytes. */
  memory: z.number(),
  system: z.string(),
  /** Of the last minute, before and after: above the number of cores, others were in the way. */
  load: z.object({ before: z.number(), after: z.number() }),
});
export type Machine = z.infer<typeof machine>;

/** All that one run of the benchmark found out; what `--json` writes and `--compare` reads. */
export const report = z.object({
  version: z.literal(1),
  /** When it began. */
  date: z.iso.datetime(),
  /** Few samples: good for a first look only. */
  quick: z.boolean(),
  options: z.object({ samples: z.int(), pause: z.number(), saves: z.int(), all: z.boolean() }),
  machine,
  /** Of node, and of the packages that matter here. */
  versions: z.record(z.string(), z.string()),
  measurements: z.array(measurement),
  ratios: z.array(ratio),
  /** Scenarios that could not be measured. */
  failures: z.array(z.object({ scenario: z.string(), message: z.string() })),
});
export type Report = z.infer<typeof report>;
