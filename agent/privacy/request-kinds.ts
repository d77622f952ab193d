// What may be asked for, apart from the desk: whoever only names the kinds needs nothing that works on them.
export { REQUEST_KINDS } from '../records/requests.js';
