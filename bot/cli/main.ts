import { Command, CommanderError } from 'commander'
import { ContentError } from '../../content/yaml.ts'
import { DatabaseError } from '../../db/error.ts'
import { CannotListen } from '../../web/server.ts'
import { ConfigError } from '../config.ts'
import { JournalError } from '../sandbox/journal.ts'
import { PuppetMissing, PuppetUnusable } from '../wechaty/puppets.ts'
import { check } from './check.ts'
import { CliError } from './context.ts'
import { backup, migrate, restore } from './database.ts'
import { doctor } from './doctor.ts'
import { importLectures } from './lectures.ts'
import { addRoomCode, addStaffMember, printSignInCode } from './people.ts'
import { start } from './start.ts'
import { exportRound, importPaper } from './survey.ts'
import { understand } from './understand.ts'

const EXPECTED = [
  CliError,
  ConfigError,
  ContentError,
  DatabaseError,
  JournalError,
  CannotListen,
  PuppetMissing,
  PuppetUnusable,
]

const AFTER_HELP = `
Settings are environment variables or stand in a file .env; .env.example lists them all.
The exit status is 0 when all went well, 1 when something is wrong that you can mend, 2 for a fault of Linli.

Examples:
  linli start
  linli staff add --name 陈晓雯 --role owner
  linli room code --place 28街坊
  linli lectures import plan.xlsx --dry-run
  linli backup /backups/linli.sqlite`

function program(): Command {
  const linli = new Command('linli')
    .description('Linli 邻里: the group-chat steward of a residential community')
    .addHelpText('after', AFTER_HELP)
    .exitOverride()
  linli
    .command('start')
    .description('start the bot; without settings, the sandbox with a demonstration community')
    .action(start)
  linli
    .command('check')
    .description('check the settings and every content file, and say what is wrong where')
    .action(check)
  linli
    .command('doctor')
    .description('look at this machine, the data folder, the database and the outbox')
    .action(doctor)
  linli
    .command('migrate')
    .description('bring the database up to date; a copy of it is made first')
    .action(migrate)
  linli
    .command('backup')
    .description('copy the database and the pictures while the bot runs, and check the copies')
    .argument('[file]', 'where to; a dated file among the automatic backups when left out')
    .action(backup)
  linli
    .command('restore')
    .description(
      'put a backup in the place of the database, with its pictures; what was there is kept',
    )
    .argument('<file>', 'the backup')
    .action(restore)
  const staff = linli
    .command('staff')
    .description('register staff, or make a code for the console while the chat is down')
  staff
    .command('add')
    .description('register somebody and make a one-time code that binds a chat account')
    .requiredOption('--name <name>', 'what the person is called')
    .requiredOption('--role <role>', 'owner, staff, steward or partner')
    .option('--place <place>', "a steward's beat, such as 18街坊")
    .action(addStaffMember)
  staff
    .command('sign-in')
    .description(
      'make a one-time code for the console, also while the bot runs; it takes the PIN as well',
    )
    .requiredOption('--name <name>', 'what the person is called')
    .action(printSignInCode)
  linli
    .command('room')
    .description('"room code" makes the code that enables a group')
    .command('code')
    .description('make a one-time code that enables a group when it is said there')
    .option('--place <place>', 'where the group belongs, such as 28街坊')
    .option('--staff', 'the group is the staff’s own')
    .action(addRoomCode)
  linli
    .command('lectures')
    .description('"lectures import" reads topics and speakers from a CSV or XLSX file')
    .command('import')
    .description(
      'read topics and speakers from a CSV or XLSX file with the columns date, topic, speaker',
    )
    .argument('<file>', 'the table, a line for each lecture')
    .option('--programme <id>', 'which programme’s lectures', 'weekly-lesson')
    .option('--dry-run', 'only show what would be read')
    .action(importLectures)
  const survey = linli.command('survey').description('survey rounds')
  survey
    .command('export')
    .description(
      'the figures of a round as JSON, its answers without names as CSV, or the trend up to it as CSV',
    )
    .argument('<round>', 'the number of the round')
    .option('--format <format>', 'json, csv or trend', 'json')
    .option('--out <file>', 'where to; the screen when left out')
    .action(exportRound)
  survey
    .command('import')
    .description('enter paper forms from a CSV file: form number, then an answer for each question')
    .argument('<round>', 'the number of the round')
    .argument('<file>')
    .action(importPaper)
  linli
    .command('understand')
    .description(
      'say what messages report: JSON lines {"id","text","now"?} in, what was understood out; with --question, what replies answer',
    )
    .option('--now <instant>', 'the moment at which lines without "now" were said')
    .option('--question <file#item>', 'a questionnaire and one of its items')
    .option('--where <where>', 'group or direct')
    .action(understand)
  return linli
}

/** Runs the command line and sets the exit status: 0 done, 1 refused with a reason, 2 a fault of ours. */
export async function run(argv: readonly string[]): Promise<void> {
  try {
    await program().parseAsync([...argv])
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 1
    } else if (error instanceof Error && EXPECTED.some((kind) => error instanceof kind)) {
      process.stderr.write(`${error.message}\n`)
      process.exitCode = 1
    } else {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
      process.exitCode = 2
    }
  }
}
