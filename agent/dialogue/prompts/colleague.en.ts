/** What a person of the office is told before they take a call, in English. `{name}` is filled. */
export const colleague = {
  'colleague.call': 'Hello, this is your receptionist. {caller} is on the line for {name}.',
  'colleague.caller_number': 'A caller with the number {number}',
  'colleague.caller_withheld': 'A caller without a number',
  'colleague.said': 'They said: {words}',
  'colleague.join': 'Hello, this is your receptionist. {name} asks you to join a call.',
  'colleague.call_back': 'Hello, this is your receptionist. You wanted to call {caller} back.',
  'colleague.keys':
    'Press one to take the call, two to decline, or three if I should take a message. ' +
    'You can also say yes, no, or message.',
  'colleague.keys_join': 'Press one to join, or two to decline. You can also say yes or no.',
  'colleague.connecting': 'Thank you, I am connecting you.',
  'colleague.declined': 'All right, I will tell the caller.',
  'colleague.message': 'All right, I will take a message.',
  'colleague.caller_gone': 'The caller has hung up. Goodbye.',
  'colleague.taken': 'Somebody else has taken the call. Goodbye.',
  'colleague.recorded': 'Please note that this call goes on being recorded.',
  'colleague.unreached': 'Nobody could be reached there.',
} as const;
