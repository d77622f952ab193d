/** The word for whoever speaks. */
export const partyWord = (party: string): 'caller' | 'receptionist' | 'staffParty' =>
  party === 'caller' ? 'caller' : party === 'agent' ? 'receptionist' : 'staffParty';
