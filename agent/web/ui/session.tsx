import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { createContext, useContext, useEffect, type ReactNode } from 'react';
import { ApiError, get, keepCsrf, type Right, type Session } from './api';
import { link } from './link';

const SessionContext = createContext<Session | undefined>(undefined);

/** Who is logged in. Only below `<WithSession>`. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('there is no session here');
  return session;
}

export const useMay = (right: Right): boolean => useSession().rights.includes(right);

/** The session as the server has it; undefined data when nobody is logged in. */
export function useSessionQuery(): UseQueryResult<Session | null> {
  return useQuery({
    queryKey: ['session'],
    queryFn: async () => {
      try {
        return await get<Session>('/session');
      } catch (error) {
        if (error instanceof ApiError && error.status === 401) return null;
        throw error;
      }
    },
    staleTime: 60_000,
    retry: false,
  });
}

export function WithSession({
  session,
  children,
}: {
  session: Session;
  children: ReactNode;
}): ReactNode {
  keepCsrf(session.csrf);
  return <SessionContext.Provider value={session}>{children}</SessionContext.Provider>;
}

/** Hears what happens in the house, and fetches again what that changes. */
export function useLive(): void {
  const client = useQueryClient();
  const may = useMay('messages.read');
  useEffect(() => {
    if (!may) return undefined;
    let lost = false;
    const off = link.listen(({ kind, id }) => {
      if (kind === 'lost') lost = true;
      if (kind === 'hello' && lost) {
        lost = false;
        // What happened meanwhile was told to nobody.
        void client.invalidateQueries();
      }
      if (kind === 'message') void client.invalidateQueries({ queryKey: ['messages'] });
      if (kind === 'call') {
        void client.invalidateQueries({ queryKey: ['calls'] });
        void client.invalidateQueries({ queryKey: ['call', id] });
        void client.invalidateQueries({ queryKey: ['running'] });
      }
    });
    link.open();
    return () => {
      off();
      link.close();
    };
  }, [client, may]);
}
