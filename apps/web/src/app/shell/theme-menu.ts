import { Component, inject } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { LucideCheck, LucideMonitorSmartphone, LucideMoon, LucideSun, LucideSunMoon } from '@lucide/angular';
import { ThemeStore } from '../theme/theme-store';

/** Light, dark, or as the system has it. */
@Component({
  selector: 'parley-theme-menu',
  imports: [
    LucideCheck,
    LucideMonitorSmartphone,
    LucideMoon,
    LucideSun,
    LucideSunMoon,
    MatIconButton,
    MatMenu,
    MatMenuItem,
    MatMenuTrigger,
  ],
  templateUrl: './theme-menu.html',
})
export class ThemeMenu {
  protected readonly store = inject(ThemeStore);
}
