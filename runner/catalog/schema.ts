import { z } from 'zod';
import { CAPABILITIES, KINDS } from './model.ts';

/** What a slug, and the name of an area or a track, looks like. */
export const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Files of an exercise that have a job of their own, and so can be neither kata nor material. */
export const RESERVED = ['exercise.yaml', 'README.md', 'hints.md'];

const slug = z.string().regex(SLUG, 'must be lower-case words joined by hyphens');
const text = z.string().trim().min(1, 'must not be empty');
const distinct = (items: readonly string[]): boolean => new Set(items).size === items.length;

const fileName = z
  .string()
  .regex(
    /^(?!\.{0,2}(\/|$))[^\\/]+(\/(?!\.{0,2}(\/|$))[^\\/]+)*$/,
    'must be a path inside the folder, with forward slashes',
  )
  .refine((name) => !RESERVED.includes(name), 'must not be the manifest, the brief or the hints');
const fileNames = z.array(fileName).refine(distinct, 'must not name a file twice');

const title = text.describe('The title that learners see.');
const kind = z
  .enum(KINDS)
  .describe('What the learner writes: an implementation, tests, types, SQL, a configuration, ...');
const level = z.int().min(1).max(5).describe('Difficulty, from 1 (first steps) to 5.');
const minutes = z
  .int()
  .min(1)
  .max(600)
  .describe('How long a learner of this level needs, in whole minutes.');

/** `exercises/<area>/<slug>/exercise.yaml`. */
export const manifestSchema = z
  .strictObject({
    title,
    kind,
    level,
    minutes,
    summary: text.describe(
      'What was learnt: one sentence in the words of a working engineer, shown after the pass.',
    ),
    needs: z
      .array(slug)
      .refine(distinct, 'must not name an exercise twice')
      .default([])
      .describe('Slugs of the exercises to be passed before this one. Leave it out when none.'),
    kata: fileNames
      .min(1, 'must name a file')
      .exactOptional()
      .describe('The files that the learner edits. Only when it is not the one file named kata.*.'),
    material: fileNames
      .default([])
      .describe('Read-only files that come along with the kata. Leave it out when none.'),
    timeLimit: z
      .number()
      .positive()
      .max(120)
      .default(10)
      .describe('Seconds that one verdict may take. Only when 10 does not do.'),
    allow: z
      .partialRecord(z.enum(CAPABILITIES), text.describe('Why the topic needs it.'))
      .default({})
      .describe(
        'What the code may do beyond computing, each with the reason. Leave it out when nothing.',
      ),
    boundary: z
      .strictObject({
        together: text
          .exactOptional()
          .describe('Why suite and kata must share a process: what of the topic cannot cross.'),
        arguments: z
          .literal('written back')
          .exactOptional()
          .describe(
            'The kata changes objects that the suite hands over, and the suite looks at them.',
          ),
      })
      .exactOptional()
      .describe('How it is judged where judge and learner code run apart. Rarely needed.'),
  })
  .describe('The manifest of an exercise: what its folder cannot say by itself.');
export type Manifest = z.infer<typeof manifestSchema>;

/** One entry of `exercises/planned.yaml`. */
export const plannedEntrySchema = z.strictObject({
  title,
  area: slug.describe('The folder in which the exercise will lie.'),
  kind,
  level,
  minutes,
});

/** `exercises/planned.yaml`, slug by slug. */
export const plannedSchema = z
  .record(slug, plannedEntrySchema)
  .describe('The exercises that tracks name and nobody has written yet.');

const topic = z.strictObject({
  title,
  time: text
    .exactOptional()
    .describe('An estimate in words ("2 days"), instead of the summed minutes.'),
  exercises: z
    .array(slug)
    .min(1, 'must name an exercise')
    .refine(distinct, 'must not name an exercise twice')
    .describe('Slugs in solving order, of written and planned exercises.'),
  groundwork: z
    .array(slug)
    .default([])
    .describe('Those of the exercises that are listed only because a later one needs them.'),
});

const phase = z.strictObject({
  title,
  duration: text.exactOptional().describe('How long the phase takes, in words ("weeks 1-4").'),
  topics: z
    .array(topic)
    .min(1, 'must have a topic')
    .describe('Topics, opened one after the other.'),
});

/** `tracks/<slug>.yaml`. */
export const trackSchema = z
  .strictObject({
    title,
    blurb: text.describe('Two sentences: for whom the track is, and where it leads.'),
    duration: text.exactOptional().describe('How long the track takes, in words ("24 weeks").'),
    position: z
      .int()
      .min(1)
      .exactOptional()
      .describe('The place in the list of tracks; those without one come last.'),
    phases: z.array(phase).min(1, 'must have a phase').describe('The phases, in order.'),
  })
  .describe('A track: phases and topics, and the order of their exercises.');

/** The JSON Schemas that editors complete and check with, by file name in `schemas/`. */
export function jsonSchemas() {
  return {
    'exercise.schema.json': toJsonSchema(manifestSchema),
    'planned.schema.json': toJsonSchema(plannedSchema),
    'track.schema.json': toJsonSchema(trackSchema),
  };
}

/** The JSON Schema of what an author writes, defaults not yet filled in. */
export function toJsonSchema(schema: z.ZodType) {
  return z.toJSONSchema(schema, { io: 'input', target: 'draft-07' });
}
