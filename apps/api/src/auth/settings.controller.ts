import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { settings, type Settings } from '@parley/protocol';
import { CONFIG, type Config } from '../config/config';
import { demoPeople } from '../demo/demo-people';
import { Answers } from '../http/answers';

/** What the sign-in page may offer. */
@ApiTags('Accounts')
@Controller('settings')
export class SettingsController {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  @Get()
  @Answers(200, settings)
  read(): Settings {
    const { registration, demo } = this.config;
    return { registration, demo: demo ? demoPeople.map(({ person, name }) => ({ person, name })) : [] };
  }
}
