import { Component } from '@angular/core';
import { Shell } from './shell/shell';

@Component({ selector: 'parley-root', imports: [Shell], template: '<parley-shell />' })
export class App {}
