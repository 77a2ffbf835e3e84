import { setTimeout as sleep } from 'node:timers/promises';
import { type Evidence, statusOf } from '../../runs/classify';
import { isAlive, pidExists } from '../../runs/processIdentity';
import type { RunIdentity, RunStatus } from '../../shared/runFolder';

/** How long a trainer that was known for sure is known by its pid alone. */
const SURE_MS = 30_000;
/** How long an answer is waited for before the pid alone has to do. */
const PATIENCE_MS = 100;

type Life = Evidence['trainer'];

/**
 * What a run is doing, asked again and again. When a process began is asked through a program on
 * some systems, which takes up to seconds; whether a pid exists takes nothing. So a trainer that
 * was alive a moment ago and whose pid still exists is taken for the same one, and one that nobody
 * asked about yet is alive until the answer is there.
 */
export class TrainerLife {
  private known: { readonly trainer: string; readonly life: Life; readonly time: number } = {
    trainer: '',
    life: 'unknown',
    time: 0,
  };
  private asking: { readonly trainer: string; readonly answer: Promise<void> } | undefined;

  /** @param learnt is called when an answer has come late, so that the status may be another */
  constructor(private readonly learnt: () => void) {}

  /**
   * @returns the same as `classifyRun`, sooner or later
   * @throws UserError where the file system refuses
   */
  status(folder: string, identity: RunIdentity): Promise<RunStatus> {
    return statusOf(folder, identity, (of, host) => this.lifeOf(of, host));
  }

  private async lifeOf({ trainer }: RunIdentity, host: string): Promise<Life> {
    if (trainer === undefined || trainer.host !== host) return 'unknown';
    if (!pidExists(trainer.pid)) return 'gone';
    const name = `${trainer.pid} ${trainer.startTime}`;
    const sure = this.known.trainer === name && performance.now() - this.known.time < SURE_MS;
    if (sure) return this.known.life;
    await Promise.race([this.ask(name, trainer.pid, trainer.startTime), sleep(PATIENCE_MS)]);
    return this.known.trainer === name ? this.known.life : 'alive';
  }

  /** One question at a time; it never fails. */
  private ask(trainer: string, pid: number, startTime: string): Promise<void> {
    if (this.asking?.trainer === trainer) return this.asking.answer;
    const begun = performance.now();
    const answer = lifeOfProcess(pid, startTime).then((life) => {
      this.asking = undefined;
      this.known = { trainer, life, time: performance.now() };
      if (performance.now() - begun > PATIENCE_MS) this.learnt();
    });
    this.asking = { trainer, answer };
    return answer;
  }
}

async function lifeOfProcess(pid: number, startTime: string): Promise<Life> {
  try {
    return (await isAlive(pid, startTime)) ? 'alive' : 'gone';
  } catch {
    // The system cannot say: the lease decides.
    return 'unknown';
  }
}
