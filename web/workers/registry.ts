import { SealError } from "../seal/errors.js";
import type { ActName, AnswerOf, AskOf, Progress, Reply, Request } from "./protocol.js";

/** What an act may do besides answering. */
export interface Context {
  /** Tell the page how far a long act has come, from 0 to 1. */
  readonly progress: (part: number) => void;
  /** Hand bytes of the answer over instead of copying them: they are gone from here. */
  readonly transfer: (buffer: ArrayBuffer) => void;
}

type Handler<N extends ActName> = (ask: AskOf<N>, context: Context) => AnswerOf<N> | Promise<AnswerOf<N>>;

type Send = (message: Reply | Progress, transfer: Transferable[]) => void;

const handlers = new Map<string, Handler<ActName>>();

/** Add an act to the worker. Each name once: a second handler would silently change what a page can ask. */
export function register<N extends ActName>(name: N, handler: Handler<N>): void {
  if (handlers.has(name)) throw new Error(`The act ${name} is registered twice.`);
  handlers.set(name, handler as never);
}

/** Do what a page asks; an error reaches the page as code and sentence, never as a value that was being worked on. */
export async function handle(request: Request, send: Send): Promise<void> {
  const { id } = request;
  const handler = handlers.get(request.act);
  try {
    if (handler === undefined) throw new SealError("act-unknown", "The page asked for something this worker does not do.");
    const moved: ArrayBuffer[] = [];
    const context: Context = {
      progress: (part) => { send({ id, progress: part }, []); }, transfer: (buffer) => { moved.push(buffer); },
    };
    const answer: unknown = await handler(request.ask as never, context);
    send({ id, ok: true, answer }, moved);
  } catch (error) {
    if (error instanceof SealError) {
      send({ id, ok: false, code: error.code, sentence: error.sentence }, []);
    } else {
      // The message of another error may quote what it stumbled over; a name of a class says enough.
      const kind = error instanceof Error ? error.name : "Error";
      send({ id, ok: false, code: "fault", sentence: `Something failed inside this page (${kind}). Nothing was lost.` }, []);
    }
  }
}
