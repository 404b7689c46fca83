# Bringing sheets in, and the inputs of forms
nav-intake = Import
action-intake-use = Bring in sheets, mend and import them
action-intake-template = Download the sheets to fill in
audit-intake-uploaded = Sheet uploaded
audit-intake-rows = Rows of a sheet kept
audit-intake-mended = Rows of a sheet mended
audit-intake-checked = Sheet checked again
audit-intake-committed = Sheet imported
audit-intake-discarded = Sheet discarded
audit-intake-read = Read a sheet to its end
audit-intake-left = Left a row out, or took it up again
audit-intake-replaced = Replaced a text in many rows
audit-intake-refilled = Took a mended workbook back into its batch
audit-intake-columns = Corrected what columns are
audit-intake-closed = Ended putting a sheet in
audit-intake-reverted = Took a batch back

# Upload and batches
intake-title = Import sheets
intake-lead = Upload a filled-in sheet and every row is checked. Good rows can be imported at once; the others can be mended here, or in the annotated workbook that you download and send again.
intake-no-kinds = There are no sheets that your account can import. To fill in forms for your organisation, ask its administrator.
intake-send = Upload a sheet
intake-send-button = Upload and check
intake-kind = Kind of sheet
intake-org = Organisation
intake-org-none = None (the sheet names it)
intake-file = File
intake-file-hint = .xlsx, .xls, .csv (GBK as well) and WPS tables, up to 20 MB and 50,000 rows. Title rows, merged cells, “同上” and units in column heads (万元) are understood; there is no need to change your sheet.
intake-templates = Sheets to fill in
intake-templates-note = Excel workbook with instructions and drop-downs
intake-batches = Uploaded sheets
intake-no-batches = No sheets here yet. Download one, fill it in, and upload it above.
intake-state = State
intake-state-any = All but discarded
intake-state-reading = Upload broken off
intake-state-open = To do
intake-state-done = Imported
intake-state-discarded = Discarded
intake-filter = Filter
intake-filter-clear = Clear filters ×
intake-pages = Pages
intake-n-rows = { $n ->
    [one] 1 row
   *[other] { $n } rows
}
intake-n-held = { $n } to mend
intake-n-ready = { $n } ready
intake-n-in = { $n } imported
intake-n-same = of these, { $n } were there already

# One batch
intake-summary = { $rows } rows read, { $columns } columns recognised.
intake-still-reading = This sheet was not read to its end (the upload broke off). Please discard it and upload it again.
intake-missing-columns = Required columns are missing. Please add them and upload the sheet again:
intake-unknown-columns = { $n ->
    [one] 1 column was not recognised; what stands in it is not imported
   *[other] { $n } columns were not recognised; what stands in them is not imported
}
intake-commit-submit = { $n ->
    [one] Import and submit 1 row
   *[other] Import and submit { $n } rows
}
intake-commit-draft = Import as drafts
intake-annotated = Download the annotated sheet
intake-annotated-held = Only the rows to mend
intake-export = Export as the template
intake-check = Check again
intake-discard = Discard this sheet
intake-discard-what = The rows that are not imported yet are deleted with all that was written in them. This cannot be undone. What was imported stays.
intake-discard-sure = Discard it
intake-tabs = Rows by state
intake-tab-held = To mend
intake-tab-warned = Please look
intake-tab-ready = Ready
intake-tab-in = Imported
intake-tab-all = All
intake-none-held = There are no rows to mend.
intake-none-here = There are no rows here.
intake-grid = Rows with what is wrong
intake-grid-help = Red cells must be mended; of yellow ones, please see whether they were understood. Press “Save and check” once for each row; the row number leads to all of the row.
intake-row = Row
intake-what = What to do
intake-cell = Row { $row }, { $field }
intake-take = use this
intake-mend = Save and check
intake-mend-alike = and rows that say the same
intake-whole-row = Mend the whole row
intake-open-result = Open
intake-outcome-new = New
intake-outcome-changed = Updated
intake-outcome-same = Was there already
intake-row-title = Row { $row } · { $file }
intake-row-n = Row { $row }
intake-row-closed = This row is imported already, or the sheet is closed: it can only be looked at.
intake-mend-row = Save and check
intake-said-sheets = The file has { $n } sheets of this kind; each was read.
intake-said-committed = Imported: { $new } new, { $changed } updated, { $same } there already; { $held } still to mend.
intake-said-mended = Row { $row } is good now and can be imported.
intake-said-mended-alike = Row { $row } is good now; { $n } more that said the same were mended, too.
intake-said-still-held = Row { $row } was saved, but something is still wrong with it.
intake-said-checked = Checked again; { $n } to mend.
intake-said-discarded = Discarded; what was not imported is deleted.

# What columns are, replacing, taking back
intake-n-left = { $n } left out
intake-would = Of the ready rows { $changed } would change what is there, { $same } say the same.
intake-tab-changed = Would change
intake-tab-same = Same as there
intake-tab-left = Left out
intake-no-columns = No column names were recognised. Please say what each column is; then its rows are read.
intake-guessed = { $n } columns were guessed: please check.
intake-columns = Columns
intake-columns-go = See and correct the columns
intake-columns-lead = On the left the columns of the sheet with some of their texts, on the right what each was taken for. Please correct what is wrong; columns that you don't want are “not taken”.
intake-columns-remembered = What you correct is remembered for the next sheet with such column names.
intake-columns-lost = Saving reads the sheet anew; what was mended on the page is not kept.
intake-columns-save = Read the sheet so
intake-columns-closed = Rows are in, or this sheet is done: its columns can't be changed any more.
intake-header-row = Column names begin in row
intake-header-rows = Rows of column names
intake-header-n = { $n ->
    [0] No column names
    [one] 1 row
   *[other] { $n } rows
}
intake-header-go = Look there
intake-col-column = Column
intake-col-samples = Examples
intake-col-taken = Taken for
intake-col-by = Known by
intake-col-field = Field
intake-col-there = There now
intake-col-row = This row
intake-col-other = The one alike
intake-column-n = Column { $n } (no name)
intake-column-label = What column { $letters } ({ $head }) is
intake-column-none = Not taken
intake-by-head = Its name
intake-by-like = A name like it
intake-by-contents = Its contents
intake-by-hand = You said so
intake-by-habit = As last time
intake-said-columns = { $n } rows were read so.
intake-reason = { $n } rows should be looked at. If they are right, say why, and they go in with the others
intake-reason-hint = Without a reason these rows wait and the others go in. Or click a row's number and say it there.
intake-said-unexcused = { $n } more rows should be looked at and go in with a reason.
intake-again = Send the mended workbook
intake-again-what = Please send the annotated workbook from here, mended in Excel. Its rows are matched by “Source row”: rows that are not in are taken as they read now, rows that are in stay, new rows are added.
intake-again-button = Send the mended workbook
intake-said-again = Taken back into the batch: { $mended } rows mended, { $unchanged } unchanged, { $added } added, { $ignored } not taken since they are in.
intake-groups = The same trouble, mended at once
intake-replace-by = Replace by
intake-replace = Replace in { $n } rows
intake-said-replaced = “{ $from }” was replaced by “{ $to }” in { $n } rows.
intake-was = Was: { $text }
intake-before = There now: { $text }
intake-again-same = Same as there
intake-again-changed = Would change what is there
intake-changes = What would change
intake-alike = { $n } % alike
intake-alike-hidden = The one alike belongs to another organisation and is not public: what it says can't be shown here.
intake-merge = It is the same: change it by this row
intake-row-reason = Why it is right as it stands
intake-row-reason-hint = For example: checked with the inventor; another thing than the one alike.
intake-keep-reason = Keep the reason
intake-leave = Leave this row out
intake-left-what = This row was left out; its texts stay in the batch.
intake-take-up = Take it up again
intake-mended-cells = { $n } cells were mended: see what they said
intake-said-settled = What you said of row { $row } is kept.
intake-said-left = Row { $row } is left out.
intake-said-taken = Row { $row } is taken up again.
intake-revert = Take back what went in
intake-revert-what = What this sheet added is removed, what it changed is as it was, and its rows are ready again, to be mended and put in once more.
intake-revert-removed = To be removed
intake-revert-restored = To be as they were
intake-revert-same = The same as there, not touched
intake-revert-sure = Take back
intake-revert-bound = { $n } rows have gone on: the batch can't be taken back
intake-said-reverted = Taken back: { $removed } removed, { $restored } as they were. The rows can go in again.
fault-intake-again-columns = Not this sheet's annotated workbook
    .text = No columns like those of this batch were found. Please send the annotated workbook from this page, with its column names and “Source row” as they are.
fault-intake-columns-late = Rows are in
    .text = Once rows are in, the columns can't be changed. Please take the batch back first, or send the sheet anew.
fault-intake-columns-twice = Two columns for one field
    .text = “{ $field }” can be one column only. Please set the other to “not taken” or to another field.
fault-intake-bound = Rows have gone on
    .text = Meanwhile rows were reviewed or published; nothing was changed. Please look again.

# What cannot be done
fault-intake-file = The file was not taken
    .text = { $why_en }
fault-intake-no-file = No file chosen
    .text = Please choose the sheet to upload, then press “Upload and check”.
fault-intake-no-header = No header found
    .text = None of the first 12 rows has the column heads of this kind of sheet (such as { $heads }). Please check that the right kind is chosen; if heads were changed, restore them from the template.
fault-intake-no-rows = The sheet has no rows of data
    .text = The header was found, but nothing is filled in below it (example, total and note rows don't count). Please fill it in and upload it again.
fault-intake-too-many-rows = Too many rows
    .text = The file has { $n } rows; at most { $max } can be taken at once. Please divide it.
fault-intake-not-open = This sheet is closed
    .text = It is imported, discarded, or was never read to its end, and can't be changed any more. Please upload it again if need be.
fault-intake-row-in = This row is imported already
    .text = Please change it on its own page.
issue-intake-uscc-passed = The check character of “{ $code }” is wrong; the centre has seen the licence and lets it pass.
issue-intake-row-refused = Refused at the import: { $why_en }. Please look at this row, mend it and import again.

# Templates
intake-template-example = Example
intake-template-help = How to fill in
intake-template-help-1 = One record a row. Columns with * are required; rest the pointer on a head to see what is expected.
intake-template-help-2 = The example row is not read; it may stay or be deleted.
intake-template-help-3 = Where there is a drop-down, please pick from it; where several choices are possible, divide them by “；”.
intake-template-help-4 = When done, sign in and upload the sheet under “Import”. Every row is checked, and you are told what to mend.
intake-template-help-more = More: { $link }
intake-row-is-in = Imported

# Inputs of forms
intake-required = required
intake-choose = Please choose
intake-as-written = As written: { $text }
intake-errors-title = { $n ->
    [one] There is 1 thing to mend
   *[other] There are { $n } things to mend
}
intake-error-line = { $field }: { $text }
intake-error-prefix = Error:
intake-field-withheld = Not public: for review and matchmaking only.
intake-field-by-choice = Whether this is public depends on “{ $field }”; without an answer it is not.
intake-field-required-when = Required when “{ $field }” is “{ $values }”.
intake-list-or = ” or “
intake-list-comma = {", "}
intake-hint-max = At most { $max } characters.
intake-hint-length = { $min } to { $max } characters.
intake-hint-int = A whole number between { $min } and { $max }.
intake-hint-codes = Several are possible, divided by “；”: { $choices }
intake-hint-date = A day, such as 2023-06-14.
intake-hint-month = A month or a day, such as 2023-06 or 2023-06-14.
intake-hint-money = With its unit, such as 50万元, 50万元-100万元, 大于200万元 (more than), 面议 (negotiable).
intake-hint-patent = Such as ZL202010123456.2; please compare the check digit with the certificate.
intake-hint-uscc = The 18 characters of the unified social credit code, as in the business licence.
intake-hint-ipc = Such as G06F17/30.
intake-hint-names = Divide several people by “；”.
intake-hint-orgs = Full names; divide several by “；”.
intake-hint-indicators = One testable indicator a line: name, demand, value, unit, and where things stand today. Write a range as 20–30, a tolerance as 20±0.05.
intake-region-choose = Pick from the list
intake-region-other = Or, if it isn't there, write its full name
intake-ind-add = Add another
intake-ind-row = Indicator { $n }
intake-ind-name = Indicator
intake-ind-cmp = Demand
intake-ind-value = Value
intake-ind-unit = Unit
intake-ind-present = Today
intake-cmp-none = —
intake-cmp-ge = ≥ at least
intake-cmp-le = ≤ at most
intake-cmp-gt = > more than
intake-cmp-lt = < less than
intake-cmp-eq = = equal to
intake-cmp-range = range
intake-cmp-plus-minus = ± tolerance

# Values
intake-trl = TRL { $level }: { $means }
intake-trl-1 = basic principles observed
intake-trl-2 = technology concept formed
intake-trl-3 = key functions proved
intake-trl-4 = validated in the laboratory
intake-trl-5 = parts validated in a relevant environment
intake-trl-6 = prototype shown in a relevant environment (pilot)
intake-trl-7 = prototype shown in operation
intake-trl-8 = system complete and tested
intake-trl-9 = in use (series production)
intake-money-about = about { $amount }
intake-money-over = more than { $amount }
intake-money-from = from { $amount }
intake-money-under = less than { $amount }
intake-money-to = up to { $amount }
intake-money-negotiable = negotiable
intake-money-unknown = not settled
intake-money-royalty = royalty
intake-money-revenue = revenue
intake-money-share = { $rate } of { $base }
intake-money-entry = entry fee { $amount }
intake-per-year = {" "}a year
intake-per-quarter = {" "}a quarter
intake-per-month = {" "}a month
intake-per-time = {" "}each time
intake-per-piece = {" "}a piece
intake-per-set = {" "}a set
intake-per-ton = {" "}a ton
