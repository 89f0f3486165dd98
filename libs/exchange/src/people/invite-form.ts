import {
  ChangeDetectionStrategy,
  Component,
  type ElementRef,
  inject,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import { newParticipant } from '@parley/protocol';
import { ExchangeApi, failureText } from '../page/exchange-api';

/** Lets the host bring in someone who has an account. */
@Component({
  selector: 'parley-invite-form',
  imports: [MatButton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <!-- The same words for every mistake, in every browser. -->
    <form novalidate (submit)="$event.preventDefault(); invite()">
      <label for="invite-email">Invite by e-mail</label>
      <div class="line">
        <input
          #field
          id="invite-email"
          type="email"
          autocomplete="off"
          spellcheck="false"
          aria-describedby="invite-mistake"
          [attr.aria-invalid]="mistake() !== ''"
          (input)="mistake.set('')"
        />
        <button matButton="tonal" type="submit" [disabled]="sending()" disabledInteractive>Invite</button>
      </div>
      <p id="invite-mistake" class="parley-mistake" role="alert">{{ mistake() }}</p>
    </form>
  `,
  styles: `
    :host {
      display: block;
    }
    form {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--parley-space-1);
    }
    label {
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-label-large);
    }
    .line {
      display: flex;
      align-items: center;
      gap: var(--parley-space-2);
    }
    input {
      flex: 1 1 0;
      box-sizing: border-box;
      min-inline-size: 0;
      block-size: 40px;
      padding-inline: var(--parley-space-3);
      border: 1px solid var(--mat-sys-outline);
      border-radius: 8px;
      background: var(--mat-sys-surface);
      color: var(--mat-sys-on-surface);
      font: var(--mat-sys-body-large);
    }
    input[aria-invalid='true'] {
      border-color: var(--mat-sys-error);
    }
    button {
      flex: none;
    }
    .parley-mistake {
      padding-inline: 0;
    }
  `,
})
export class InviteForm {
  /** The exchange's id. */
  readonly exchange = input.required<string>();
  /** The address of someone who takes part from now on. */
  readonly invited = output<string>();

  private readonly api = inject(ExchangeApi);
  private readonly field = viewChild.required<ElementRef<HTMLInputElement>>('field');
  protected readonly mistake = signal('');
  protected readonly sending = signal(false);

  protected async invite(): Promise<void> {
    const field = this.field().nativeElement;
    const read = newParticipant.safeParse({ email: field.value.trim() });
    if (!read.success) {
      this.mistake.set(read.error.issues[0]?.message ?? '');
      field.focus();
      return;
    }
    if (this.sending()) return;
    this.sending.set(true);
    const { email } = read.data;
    try {
      await this.api.invite(this.exchange(), email);
    } catch (error) {
      this.mistake.set(failureText(error));
      return;
    } finally {
      this.sending.set(false);
    }
    field.value = '';
    this.invited.emit(email);
  }
}
