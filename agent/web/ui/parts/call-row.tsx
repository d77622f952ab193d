import { IconMicrophone } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { memo, type ReactNode } from 'react';
import type { Found } from './call-rows';
import { intentWord, outcomeWord, urgencyWord } from './codes';
import { lasting, moment } from './times';

/**
 * A row of the list of calls, drawn anew only when it changes. Plain elements: twenty rows come into sight
 * with a key press, and each part of a component library costs as much as the whole row.
 */
export const CallRow = memo(function CallRow({
  call,
  caller,
  top,
  height,
  timeZone,
  t,
  onOpen,
}: {
  /** Undefined as long as it is not fetched. */
  call: Found | undefined;
  caller: string | undefined;
  /** Where it stands in the list, and how high it is, in pixels. */
  top: number;
  height: number;
  timeZone: string;
  t: TFunction;
  /** Undefined for whoever may not open calls. */
  onOpen: ((id: string) => void) | undefined;
}): ReactNode {
  return (
    <div
      role="listitem"
      className="call-row"
      style={{ height, transform: `translateY(${top}px)` }}
      aria-busy={call === undefined}
    >
      {call === undefined ? undefined : (
        <button
          type="button"
          className="row-button"
          disabled={onOpen === undefined}
          onClick={() => onOpen?.(call.id)}
        >
          <span className="call-line">
            <span className="call-when">
              <span>
                {moment(call.startedAt, timeZone)}
                {call.recorded ? (
                  <IconMicrophone size={14} aria-label={t('hasRecording')} role="img" />
                ) : undefined}
              </span>
              {onOpen === undefined ? undefined : <span className="call-faint">{caller}</span>}
            </span>
            <span className="call-about call-faint">
              {call.intent === undefined ? undefined : intentWord(t, call.intent)}
            </span>
            {call.urgency === 'urgent' || call.urgency === 'emergency' ? (
              <span className="call-mark" data-red>
                {urgencyWord(t, call.urgency)}
              </span>
            ) : undefined}
            <Ended call={call} t={t} />
          </span>
          {call.lines === undefined || call.lines.length === 0 ? undefined : (
            <span className="call-said call-faint">
              {call.lines.map(({ text }) => `“${text}”`).join(' ')}
            </span>
          )}
        </button>
      )}
    </div>
  );
});

/** How it went and how long it was; of one that runs, that it does. */
const Ended = ({
  call: { startedAt, answeredAt, endedAt, outcome = '–' },
  t,
}: {
  call: Found;
  t: TFunction;
}): ReactNode => (
  <>
    <span className="call-mark" data-red={endedAt === undefined ? true : undefined}>
      {endedAt === undefined ? t('running') : outcomeWord(t, outcome)}
    </span>
    <span className="call-length">
      {endedAt === undefined ? undefined : lasting(endedAt - (answeredAt ?? startedAt))}
    </span>
  </>
);
