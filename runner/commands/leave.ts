import type { Session } from '../session/session.ts';

/** A signal leaves a session as Ctrl-C does; one that is sent again changes nothing. */
export function leaveOnSignals(session: Session, onSignal: () => void = () => undefined): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      onSignal();
      session.dispatch({ type: 'interrupted' });
    });
  }
}
