import { useQuery } from '@tanstack/react-query';
import type { SetUpOffer } from '../answers/set-up';
import { get } from './api';

/** What the first set-up begins with. A part of the configuration: whoever writes that asks for it anew. */
export const useSetUpOffer = (how: { enabled?: boolean; staleTime?: number } = {}) =>
  useQuery({
    queryKey: ['configuration', 'set-up'],
    queryFn: () => get<SetUpOffer>('/set-up'),
    ...how,
  });
