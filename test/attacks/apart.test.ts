import { withstands } from './withstands.ts';

// What is promised where the kata has a process of its own: docs/guarantee.md.

withstands({
  boundary: 'apart',
  from: ['samples'],
  passing: { '00': 'is right' },
  readsTheSuite: {},
});
