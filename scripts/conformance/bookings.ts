import { changed, contained, textAt } from './look';
import { once } from './once';
import type { Exchange, Provider } from './provider';
import type { Redaction } from './redaction';
import { aNhsNumber, bookingBody, type FreeSlot } from './sample';
import { unknown } from './verdict';

/** One appointment that the kit booked. */
export type Booking = { id: string; slot: FreeSlot; nhsNumber: string; sent: unknown; made: Exchange };

type Change = (body: unknown) => unknown;
type Headers = Record<string, string | undefined>;

/** The bookings of the kit: each is known from the moment it is made, so that it is cancelled at the end. */
export type Bookings = {
  /** A free slot that no other check uses until it is booked and cancelled. Unknown when the service has no more. */
  takeSlot: () => Promise<FreeSlot>;
  /** A new patient of the synthetic range, kept out of everything that is printed. */
  newPatient: () => string;
  /** Sends any booking. */
  post: (body: unknown, headers?: Headers) => Promise<Exchange>;
  /** Books a slot of its own for a patient of its own. Unknown unless it is answered 201. */
  book: (change?: Change, headers?: Headers) => Promise<Booking>;
  /** Sends a change of an appointment. */
  put: (id: string, body: unknown, headers?: Headers) => Promise<Exchange>;
  /** Cancels as a consumer should: reads, changes the status, sends it back with the version that was read. */
  cancel: (booking: Pick<Booking, 'id'>, headers?: Headers) => Promise<Exchange>;
  /** The booking that most checks look at. */
  booking: () => Promise<Booking>;
  /** One of a patient without NHS number. */
  localBooking: () => Promise<Booking>;
  /** One that was booked and cancelled, and the answer to its cancelling. */
  cancelled: () => Promise<{ booking: Booking; read: Exchange; answer: Exchange }>;
  /** False with --read-only: then nothing is sent that a faulty provider might book. */
  canBook: boolean;
  /** Cancels what is still booked; the ids of those that could not be cancelled. */
  cleanUp: () => Promise<readonly string[]>;
};

type Given = { provider: Provider; canBook: boolean; nhsNumber: string | null; redaction: Redaction; candidates: () => Promise<readonly FreeSlot[]> };
type Requests = Pick<Bookings, 'post' | 'put' | 'cancel' | 'cleanUp'>;

/** Makes no booking yet; `candidates` are the slots that may be booked. */
export function openBookings({ provider, canBook, nhsNumber, redaction, candidates }: Given): Bookings {
  const taken = new Map<string, FreeSlot>();
  const requests = openRequests(canBook ? provider : refusing(provider), taken);
  const takeSlot = async () => (await candidates()).find(({ id }) => !taken.has(id)) ?? unknown('the service has too few free slots: the kit needs about ten');
  const newPatient = () => {
    const made = aNhsNumber();
    redaction.keepOut(made);
    return made;
  };
  const bookFor = async (patient: string, change: Change, headers?: Headers): Promise<Booking> => {
    const slot = await takeSlot();
    taken.set(slot.id, slot);
    const sent = change(bookingBody(slot, patient));
    const made = await requests.post(sent, headers);
    return made.status === 201 ? { id: idMade(made), slot, nhsNumber: patient, sent, made } : unknown(`a booking that the check needs was answered ${made.status}`);
  };
  const book: Bookings['book'] = (change = (body) => body, headers) => bookFor(newPatient(), change, headers);
  return {
    ...requests,
    canBook,
    takeSlot: async () => {
      const slot = await takeSlot();
      taken.set(slot.id, slot);
      return slot;
    },
    newPatient,
    book,
    booking: once(() => bookFor(nhsNumber ?? newPatient(), (body) => body)),
    localBooking: once(() => book((body) => changed(body, 'contained[1].identifier'))),
    cancelled: once(async () => {
      const booking = await book();
      const read = await provider.ask({ path: `/Appointment/${booking.id}` });
      const answer = await requests.cancel(booking);
      return answer.status === 200 ? { booking, read, answer } : unknown(`a cancellation that the check needs was answered ${answer.status}`);
    }),
  };
}

function openRequests(provider: Provider, taken: Map<string, FreeSlot>): Requests {
  const live = new Map<string, string>();
  const note = (id: string, exchange: Exchange) => {
    const isGone = exchange.status === 200 && textAt(exchange.json, 'status') !== 'booked';
    // Its slot is free again, for another check.
    if (isGone) taken.delete(live.get(id) ?? '');
    if (isGone) live.delete(id);
    return exchange;
  };
  const put: Bookings['put'] = async (id, body, headers) => note(id, await provider.ask({ method: 'PUT', path: `/Appointment/${id}`, body, headers }));
  const cancel: Bookings['cancel'] = async ({ id }, headers) => {
    const { json, headers: read } = await provider.ask({ path: `/Appointment/${id}` });
    return put(id, changed(json, 'status', 'cancelled'), { 'if-match': read.get('etag') ?? undefined, ...headers });
  };
  return {
    put,
    cancel,
    post: async (body, headers) => {
      const made = await provider.ask({ method: 'POST', path: '/Appointment', body, headers });
      if (made.status === 201) live.set(idMade(made), slotNamed(made, taken));
      return made;
    },
    cleanUp: async () => {
      for (const id of [...live.keys()]) await cancel({ id }).catch(() => undefined);
      return [...live.keys()];
    },
  };
}

function refusing(provider: Provider): Provider {
  return { ...provider, ask: (ask) => (ask.method === undefined ? provider.ask(ask) : unknown('nothing is booked with --read-only')) };
}

function slotNamed({ json }: Exchange, taken: Map<string, FreeSlot>): string {
  const identifier = textAt(contained(json, 'Slot')[0], 'identifier[0].value');
  return [...taken.values()].find((slot) => slot.identifier === identifier)?.id ?? '';
}

/** The id that a successful booking gave: of its body, else of its Location. */
export function idMade({ json, headers }: Exchange): string {
  return textAt(json, 'id') || (/\/Appointment\/([^/]+)/.exec(headers.get('location') ?? '')?.[1] ?? '');
}
