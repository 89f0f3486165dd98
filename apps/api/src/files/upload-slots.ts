import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config';
import { ProblemException, tooMany } from '../http/problem.exception';

/** Milliseconds after which it is worth trying again. */
const AGAIN_MS = 5_000;

/** Bounds how many files this node takes at the same time: each is disk, and memory while it is looked at. */
@Injectable()
export class UploadSlots {
  private all = 0;
  private readonly byUser = new Map<string, number>();

  constructor(@Inject(CONFIG) private readonly config: Pick<Config, 'uploads' | 'uploadsPerUser'>) {}

  /**
   * @returns to be called once when it is over
   * @throws ProblemException 429 or 503, with Retry-After
   */
  take(userId: string): () => void {
    const own = this.byUser.get(userId) ?? 0;
    if (own >= this.config.uploadsPerUser) {
      throw tooMany('You are sending several files already. Wait until one of them is done.', AGAIN_MS);
    }
    if (this.all >= this.config.uploads) {
      throw new ProblemException(503, 'busy', 'Many files are being sent right now. Try again in a moment.', {
        headers: { 'Retry-After': String(AGAIN_MS / 1000) },
      });
    }
    this.all += 1;
    this.byUser.set(userId, own + 1);
    return () => this.give(userId);
  }

  private give(userId: string): void {
    const left = (this.byUser.get(userId) ?? 1) - 1;
    this.all -= 1;
    if (left === 0) this.byUser.delete(userId);
    else this.byUser.set(userId, left);
  }
}
