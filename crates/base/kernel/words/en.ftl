# The kernel's words: issues found in reading, sectors, kinds of patents.
# Each issue says what was found, what was expected, and how to mend it.

issue-value-empty = “{ $found }” says nothing. Fill it in, or leave the cell empty if there is nothing to say.
issue-value-too-long = “{ $found }” has { $length } characters; one value has at most { $most }. Give the value alone and put explanations into their own field.

issue-money-no-amount = “{ $found }” names no amount. Write one, such as 50万元 or 50-100万元, or 面议 if it is to be negotiated.
issue-money-no-unit = “{ $found }” has no unit and was read as yuan. Add the unit, such as 120万元.
issue-money-large = “{ $found }” comes to { $read } with the unit of its column, which is a lot. Check the unit: in a column of 万元, 1.2 million yuan is written 120.
issue-money-too-large = “{ $found }” is beyond the limit of { $most }. Check the unit and the zeros.
issue-money-too-small = “{ $found }” is less than one fen. Check the unit and the point; what costs nothing is written 0元 or 免费.
issue-money-negative = “{ $found }” is negative, which an amount can't be. Remove the minus sign; a range is written 50-100万元.
issue-money-vague = “{ $found }” gives no definite number. Write one, such as 约30万元 or 30-50万元.
issue-money-range-reversed = “{ $found }” begins at { $from }, above its end { $to }. Exchange the ends or check their units.
issue-money-mixed-units = “{ $found }” has different units at its ends and was read as { $from } to { $to }. Check it and write the unit at both ends.
issue-money-approx-range = “{ $found }” says “about” of a range or rate; the range or rate was kept as it stands.
issue-money-open-upper = “{ $found }” excludes its upper end; it was recorded as included. Change the upper end if that matters.
issue-money-several = “{ $found }” holds more than one amount. Keep one amount, range, or entry fee with royalty here and move the others to their own fields.
issue-money-unclear = “{ $found }” can be read in more than one way. Write one plain form, such as 10.5万元 or 不低于50万元.
issue-money-two-currencies = “{ $found }” names two currencies. Keep the one that the contract uses.
issue-money-currency-unknown = The currency of “{ $found }” can't be recorded. Convert the amount to yuan, or state it in US dollars, euros, Hong Kong dollars, yen or pounds.
issue-money-rate-unclear = The rate in “{ $found }” is not clear. Write one rate, as in 入门费10万元+销售额3% or 净销售额的3%; a share in a company goes into a field for remarks.
issue-money-rate-no-base = “{ $found }” doesn't say what the rate is taken of. Add it, as in 净销售额的3%.
issue-money-rate-range = The rate in “{ $found }” must be above 0% and at most 100%, with no more than four decimals. Correct it.
issue-money-rounded = “{ $found }” was rounded to whole fen: { $read }.
issue-money-scientific = “{ $found }” is in scientific notation and was read as { $read }; last digits may be lost. Check it and format the cell as text or number.
issue-money-also-negotiable = “{ $found }” names an amount and says that it is negotiable; the amount was recorded.
issue-money-provisional = “{ $found }” says that the amount is not settled; it was recorded as written. Update it once it is settled.
issue-money-words-ignored = “{ $words }” in “{ $found }” is not part of the recorded amount. Check the amount and move the rest to a field for remarks.

issue-date-unreadable = “{ $found }” is no date that could be read. Write it as 2020-01-31, 2020年1月31日 or, for a month, 2020-01.
issue-date-no-year = “{ $found }” has no year. Write it as 2020-06-14.
issue-date-impossible = The calendar has no “{ $found }”. The nearest is { $nearest }; check and correct it.
issue-date-out-of-range = The year of “{ $found }” must lie between { $from } and { $to }. Check the year.
issue-date-range = “{ $found }” is a span of time where one date is wanted. Give its beginning and end in their own fields.
issue-date-ambiguous = “{ $found }” may be { $one } or { $other }. Write it as year-month-day.
issue-date-order = “{ $found }” is not in the order year-month-day and was read as { $read }. Check it.
issue-date-two-digit-year = “{ $found }” gives the year with two digits and was read as { $read }. Write all four.
issue-date-maybe-october = “{ $found }” was read as { $read }, January; if October was meant, the spreadsheet dropped its 0. Write 2020-01 or 2020-10.
issue-date-by-period = “{ $found }” names a period and was recorded as { $read }. Write the date if it is known.
issue-date-serial = “{ $found }” is a spreadsheet's serial number for { $read }. Format the cell as date or text.
issue-date-serial-range = The serial number { $found } stands for no date. Write the date as 2020-01-31.
issue-date-time-dropped = The time of day in “{ $found }” was left out; the date was kept.
issue-date-words-ignored = The words around the date in “{ $found }” were left out; the date was kept.

issue-patent-length = “{ $found }” has { $digits } digits. A patent number has 13, or 9 if applied for before October 2003, as in ZL202010123456.2. Complete it from the certificate.
issue-patent-char = “{ $char }” in “{ $found }” can't stand in a patent number, which has digits and perhaps an X at its end. Check for letters typed for digits, such as O for 0.
issue-patent-check = The check digit of “{ $found }” is wrong; the digits before it call for { $expected } ({ $whole }). Compare every digit with the certificate.
issue-patent-check-missing = “{ $found }” lacks the check digit behind the dot, which should be { $expected }. Check it and write { $whole }.
issue-patent-zero-restored = “{ $found }” lacks its last digit; the 0 that spreadsheets drop was put back: { $read }. Check it and format the cell as text.
issue-patent-zero-dropped = The last 0 of “{ $found }” came from a number format and was dropped.
issue-patent-year = The year { $year } in “{ $found }” is impossible: numbers of 13 digits begin in 2003, those of 9 run from 1985 to 2003. Compare with the certificate.
issue-patent-kind-digit = The digit “{ $digit }” for the kind in “{ $found }” is none: 1 is invention, 2 utility model, 3 design, 8 and 9 came through the PCT. Compare with the certificate.
issue-patent-kind-mismatch = “{ $found }” is the number of { $actual ->
        [utility] a utility model
        [design] a design
        *[invention] an invention
    }, but { $stated ->
        [utility] a utility model
        [design] a design
        *[invention] an invention
    } is stated. Correct one of them.
issue-patent-scientific = A spreadsheet turned the number into “{ $found }” and lost its last digits. Format the column as text, then enter the number again from the certificate.
issue-patent-publication-number = “{ $found }” is a publication number, not a patent number. Give the number under 专利号 on the certificate, as ZL202010123456.2.
issue-patent-foreign = “{ $found }” is a foreign patent or an international application. This field takes Chinese numbers such as ZL202010123456.2; name foreign patents in the description.
issue-patent-several = “{ $found }” holds more than one number. Give each patent a row of its own.
issue-patent-words-ignored = The words in brackets in “{ $found }” were left out; the number was kept.

issue-uscc-length = “{ $found }” has { $length } characters; a unified social credit code has 18. Complete it from the licence.
issue-uscc-char = “{ $char }” can't stand at place { $position } of “{ $found }”. The code has no I, O, S, V, Z, and digits at places 3 to 8. Compare with the licence.
issue-uscc-lookalike = “{ $found }” has letters that the code doesn't use; with the digits that look like them it is { $read }, which passes its check. Compare with the licence.
issue-uscc-check = The last character of “{ $found }” is wrong; the 17 before it call for { $expected } ({ $whole }). Compare every character with the licence; if the licence has it so, ask the provincial centre to release it.
issue-uscc-org-check = Character 17 of “{ $found }” should be { $expected } by the rule for organisation codes. A few codes in force are exceptions; compare with the licence.
issue-uscc-old-number = “{ $found }” is an old registration number or organisation code. Give the unified social credit code of 18 characters.
issue-uscc-scientific = A spreadsheet turned the code into “{ $found }” and lost its last digits. Format the column as text, then enter the 18 characters again.

issue-ipc-shape = “{ $found }” is no IPC class. Write section, class, subclass and group, as G06F17/30 or G06F.
issue-ipc-section = Section “{ $section }” of “{ $found }” is not among A to H of the IPC (Y is the CPC's). Give the IPC class.
issue-ipc-first-taken = “{ $found }” holds several classes; the first, { $read }, was taken as the main one. Check it.
issue-ipc-group-completed = “{ $found }” has no subgroup and was completed to { $read }.

issue-phone-shape = “{ $found }” can't be dialled. A mobile number has 11 digits; a landline is written with its area code, as 025-84791234转802.
issue-phone-length = “{ $found }” has { $digits } digits. A mobile number has 11, a landline its area code and 7 or 8. Complete it.
issue-phone-mobile-prefix = “{ $found }” begins with { $prefix }; mobile numbers begin with 13 to 19. Check it.
issue-phone-no-area = “{ $found }” lacks its area code. Write it as 025-84791234.
issue-phone-char = “{ $char }” in “{ $found }” can't stand in a telephone number. Give the number alone.
issue-phone-masked = “{ $found }” has digits hidden by asterisks. Give the whole number; it is not shown to the public.
issue-phone-several = “{ $found }” holds more than one number. Give one.
issue-phone-scientific = A spreadsheet turned the number into “{ $found }” and lost its last digits. Format the column as text, then enter it again.
issue-phone-zero-restored = “{ $found }” lacks the 0 of its area code; it was completed to { $read }. Check it.
issue-phone-words-ignored = The words in brackets in “{ $found }” were left out; the number was kept.

issue-email-no-at = “{ $found }” has no @. A mail address is written name@example.com.
issue-email-several = “{ $found }” holds more than one address. Give one.
issue-email-char = “{ $char }” in “{ $found }” can't stand in a mail address. Use letters, digits and . - _ only.
issue-email-shape = “{ $found }” is no whole mail address. Both sides of the @ need text and the domain a dot, as name@example.com.
issue-email-mended = Spaces or Chinese full stops in “{ $found }” were mended: { $read }. Check it.
issue-email-suspect = “{ $found }” ends in “{ $ending }”, perhaps a slip (.con for .com). Check it.

issue-contract-no-length = “{ $found }” has { $digits } digits; a contract registration number has 16, an old one 14. Complete it from the certificate.
issue-contract-no-char = “{ $char }” in “{ $found }” can't stand in a contract registration number, which is 16 digits, or 14 if old.
issue-contract-no-scientific = A spreadsheet turned the number into “{ $found }” and lost its last digits. Format the column as text, then enter it again.
issue-contract-no-last-zero = “{ $found }” ends in 0. Spreadsheets keep 15 digits and put 0 for the 16th; compare the last digit with the certificate.

issue-region-unknown = There is no division “{ $found }”. Write its full name, as 江苏省南京市鼓楼区, or its code of six digits.
issue-region-unknown-code = The code { $code } in “{ $found }” is not in the table of divisions. Check its six digits.
issue-region-ambiguous = More than one division is called “{ $found }”: { $candidates }. Name the city as well, or give the code.
issue-region-several = “{ $found }” names more than one division. Give one.
issue-region-mismatch = The code { $code } in “{ $found }” is that of { $name }, which is not the name given. Correct one of them.
issue-region-renamed = “{ $found }” is now { $name }, and was recorded so. Check it.
issue-region-address = “{ $found }” was recorded as { $name }; “{ $rest }” was not understood. Check the division.
issue-region-pseudo = { $name } ({ $found }) is a statistical code for a development zone, not a county-level division, and doesn't count as one. Give the county or district it lies in if it should.

issue-sector-unknown = There is no sector “{ $found }”. Choose among IT, AI, BIO, NE (new energy), NM (new materials), EQ (equipment), ENV (environment), AGR (agriculture) and OTHER.
issue-sector-ambiguous = “{ $found }” belongs to more than one sector ({ $candidates }); all were recorded. Check and keep those that fit.

issue-trl-unknown = “{ $found }” is no readiness level. Write TRL1 to TRL9, or 实验室, 小试, 中试, 可量产, 已量产.
issue-trl-range = “{ $found }” is out of range; readiness runs from 1 to 9. Correct it.
issue-trl-by-stage = “{ $found }” is a stage and comes to { $read }. Give the assessed level if there is one.
issue-trl-several = “{ $found }” names several levels or stages; the lowest, { $read }, was taken. Keep one.

issue-yes-no-unclear = “{ $found }” is neither yes nor no. Write 是 or 否.
issue-yes-no-words-ignored = The words besides yes or no in “{ $found }” were left out.

# Sectors
sector-it = New information technology
sector-ai = Artificial intelligence
sector-bio = Biotechnology
sector-ne = New energy
sector-nm = New materials
sector-eq = Advanced equipment
sector-env = Green technology
sector-agr = Modern agriculture
sector-other = Other

# Kinds of patents
patent-kind-invention = Invention
patent-kind-utility = Utility model
patent-kind-design = Design

# How grave an issue is
level-error = Error
level-warning = Warning
level-note = Note
