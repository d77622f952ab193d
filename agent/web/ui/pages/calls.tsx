import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CallFilter } from '../parts/call-filter';
import { CallList } from '../parts/call-list';
import { NO_WISH, queryOf, type CallWish } from '../parts/call-wish';
import { OtherOffices } from '../parts/other-offices';
import { Page } from '../parts/page';
import { useMay, useSession } from '../session';

/** What was looked for last, for whoever comes back from a call; in no address, which browsers keep. */
let kept = NO_WISH;

/** All calls, the latest first, or those that fit. */
export default function Calls(): ReactNode {
  const { t } = useTranslation();
  const { office } = useSession();
  const mayRead = useMay('calls.content');
  const [wish, setWish] = useState<CallWish>(kept);
  kept = wish;
  useEffect(() => {
    // The page of a call is there when one is opened.
    if (mayRead) void import('./call');
  }, [mayRead]);
  return (
    <Page title={t('calls')}>
      <CallFilter wish={wish} mayRead={mayRead} onChange={setWish} />
      <CallList
        query={queryOf(wish, office.timeZone)}
        search={wish.words !== '' || wish.number !== ''}
      />
      <OtherOffices kind="calls" query="?limit=100" />
    </Page>
  );
}
