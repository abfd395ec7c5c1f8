import { describe, expect, test } from 'vitest';
import { atWork, type Play } from '../support/play.ts';
import { failed, passed } from '../support/states.ts';
import { drawn, sentences } from '../support/draw.tsx';

const SENTENCE = 'The newest entry is evicted, where the oldest one should go.';

/** A learner whose save has failed in a way that is known. */
function recognized(): Play {
  const verdict = failed();
  return atWork(failed())
    .save()
    .judge(verdict)
    .send({ type: 'recognized', verdict, sentence: SENTENCE });
}

describe('a failure that looks like a known mistake', () => {
  test('is looked at after the verdict is shown, and only when the learner has saved', () => {
    const play = atWork(failed());
    expect(play.all('recognize')).toEqual([]);
    const verdict = failed();
    play.save().judge(verdict);
    expect(play.state.shown?.verdict).toBe(verdict);
    expect(play.all('recognize')).toMatchObject([{ slug: 'lru-ttl-cache', verdict }]);
  });

  test('is offered under a key, and told when it is pressed', () => {
    const play = recognized();
    expect(drawn(play.state)).toContain('m looks like');
    expect(sentences(play.state)).not.toContain('The newest entry');
    play.press('m');
    expect(sentences(play.state)).toContain(`This looks like: ${SENTENCE}`);
    expect(play.binding('m')).toBeUndefined();
  });

  test('is told as a guess', () => {
    expect(sentences(recognized().press('m').state)).toContain('it may be something else');
  });

  test('is forgotten with the next verdict', () => {
    const play = recognized().press('m').save().judge(failed());
    expect(sentences(play.state)).not.toContain('This looks like');
    expect(play.binding('m')).toBeUndefined();
  });

  test('comes too late when another verdict is shown by then', () => {
    const verdict = failed();
    const play = atWork(failed()).save().judge(verdict).save().judge(failed());
    play.send({ type: 'recognized', verdict, sentence: SENTENCE });
    expect(play.binding('m')).toBeUndefined();
  });

  test('is none where everything passes, and silence where it cannot be found out', () => {
    const play = atWork(failed()).save().judge(passed());
    expect(play.all('recognize')).toEqual([]);
    const other = atWork(failed()).save().judge(failed());
    other.fail(other.all('recognize').at(-1));
    expect(other.state.notice).toBeUndefined();
  });
});
